// What jsii's launcher does for the runtime, done in the runtime's own process: answers go to stdout,
// and what constructs print goes to stderr in the form in which the JVM takes it. See jsii-node.
'use strict';

const fs = require('node:fs');
const { Writable } = require('node:stream');

const { writeSync } = fs;
const QUESTIONS_AND_ANSWERS = 3;

fs.writeSync = (fd, ...what) => writeSync(fd === QUESTIONS_AND_ANSWERS ? 1 : fd, ...what);

for (const name of ['stdout', 'stderr']) {
  const printed = new Writable({
    decodeStrings: true,
    write(chunk, encoding, done) {
      writeSync(2, JSON.stringify({ [name]: chunk.toString('base64') }) + '\n');
      done();
    },
  });
  Object.defineProperty(process, name, { value: printed });
}
