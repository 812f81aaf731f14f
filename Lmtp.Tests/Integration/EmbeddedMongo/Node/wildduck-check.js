'use strict';
// Runs the check script of the WildDuck tools against a server that knows no command but MongoDB's: its only special
// command, which reads stored documents with their types, is carried out as a find.
//
// The ports that it takes for granted are replaced, too.
//
//   node wildduck-check.js <check.js> <node_modules> <API port> <IMAP port> [arguments of check.js]
const fs = require('fs');
const path = require('path');
const Module = require('module');
const [script, modules, apiPort, imapPort, ...rest] = process.argv.slice(2);

let source = fs.readFileSync(script, 'utf8');
const call = /const raw = \(await mongo\(\{ _raw: 'messages', \$db: 'wildduck' \}\)\)[^\n]*\n/;
if (!call.test(source)) throw new Error('check.js reads stored documents in another way now');
source = source.replace(call, `
    const options = { promoteValues: false, promoteBuffers: false };
    const raw = [];
    let page = (await mongo({ find: 'messages', batchSize: 20, $db: 'wildduck' }, options)).cursor;
    raw.push(...page.firstBatch);
    while (!page.id.isZero()) {
        page = (await mongo({ getMore: page.id, collection: 'messages', batchSize: 20, $db: 'wildduck' }, options)).cursor;
        raw.push(...page.nextBatch);
    }
`).replace('const mongo = cmd =>', 'const mongo = (cmd, options = {}) =>').replace('{ promoteBuffers: true }', '{ promoteBuffers: true, ...options }');

for (const [port, used] of [['18080', apiPort], ['19143', imapPort]]) {
    if (!source.includes(port)) throw new Error(`check.js does not use port ${port} any more`);
    source = source.replace(port, used);
}

process.argv = [process.argv[0], script, ...rest];
const check = new Module(script, null);
check.filename = script;
check.paths = [modules, ...Module._nodeModulePaths(path.dirname(script))];
check._compile(source, script);
