// Runs a handler of the CDK's provider framework, as it lies in an assembly, for one event. AWS is
// played: what the framework sends is printed, one JSON a line, and the answer of the function that it
// invokes is read.
process.noDeprecation = true;
const Module = require("node:module");
const readline = require("node:readline");
const load = Module._load;
Module._load = (name, ...rest) =>
  name.startsWith("@aws-sdk/") ? { Lambda: class {}, SFN: class {} } : load(name, ...rest);

const [directory, handler, event] = process.argv.slice(1);
const send = (what) => process.stdout.write(JSON.stringify(what) + "\n");
const outbound = require(`${directory}/outbound.js`);
outbound.invokeFunction = ({ Payload }) => {
  send({ invoke: JSON.parse(Payload) });
  const input = readline.createInterface({ input: process.stdin });
  const answer = new Promise((done) => input.once("line", (line) => done(JSON.parse(line))));
  return answer.finally(() => input.close());
};
outbound.startExecution = async (request) => send({ waiter: JSON.parse(request.input) });
outbound.httpRequest = async (options, body) => send({ response: JSON.parse(body) });
console.log = () => {};

require(`${directory}/framework.js`)[handler](JSON.parse(event))
  .catch((error) => send({ retry: error.constructor.name, errorMessage: error.message }));
