// Runs a handler of the CDK's provider framework, as it lies in an assembly, for one request. AWS is
// played: the function answers as it is told, and what the framework sends is printed.
const Module = require("node:module");
const load = Module._load;
Module._load = (name, ...rest) =>
  name.startsWith("@aws-sdk/") ? { Lambda: class {}, SFN: class {} } : load(name, ...rest);

const [directory, handler, event, answer] = process.argv.slice(2);
process.env.USER_ON_EVENT_FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111122223333:function:Ours";
process.env.USER_IS_COMPLETE_FUNCTION_ARN = process.env.USER_ON_EVENT_FUNCTION_ARN;
process.env.WAITER_STATE_MACHINE_ARN = "arn:aws:states:eu-west-1:111122223333:stateMachine:Waiter";

const sent = {};
const outbound = require(`${directory}/outbound.js`);
outbound.invokeFunction = async () => JSON.parse(answer);
outbound.startExecution = async (request) => { sent.waiter = JSON.parse(request.input); };
outbound.httpRequest = async (options, body) => { sent.response = JSON.parse(body); };
console.log = () => {};

require(`${directory}/framework.js`)[handler](JSON.parse(event))
  .catch((error) => { sent.retry = error.constructor.name; })
  .then(() => process.stdout.write(JSON.stringify(sent)));
