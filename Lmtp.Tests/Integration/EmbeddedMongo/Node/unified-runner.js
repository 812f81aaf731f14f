'use strict';
// Runs test files of MongoDB's unified test format through the official driver against a server.
//
//   node unified-runner.js <driver module> <mongodb URI> <folder with test files>...
//
// Prints one JSON line a test: {file, test, outcome: "passed" | "failed" | "skipped", reason}.
const fs = require('fs');
const path = require('path');
const [driverPath, uri, ...folders] = process.argv.slice(2);
const mongodb = require(driverPath);
const { MongoClient, BSON } = mongodb;
const { EJSON, ObjectId, Long } = BSON;

class Skip extends Error {}

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value)
    && !value._bsontype && !(value instanceof Date) && !(value instanceof RegExp) && !Buffer.isBuffer(value);
const parseVersion = text => text.split('.').map(Number);
const compareVersions = (x, y) => {
    for (let i = 0; i < 3; i++) {
        const difference = (x[i] || 0) - (y[i] || 0);
        if (difference) return difference;
    }
    return 0;
};

function unmetRequirement(requirements, server) {
    if (!requirements || !requirements.length) return null;
    const reasons = [];
    for (const requirement of requirements) {
        if (requirement.minServerVersion && compareVersions(parseVersion(requirement.minServerVersion), server.version) > 0) {
            reasons.push(`server version ${requirement.minServerVersion} or newer`);
        } else if (requirement.maxServerVersion && compareVersions(parseVersion(requirement.maxServerVersion.replace(/99/g, '999')), server.version) < 0) {
            reasons.push(`server version ${requirement.maxServerVersion} or older`);
        } else if (requirement.topologies && !requirement.topologies.includes('single')) {
            reasons.push(`topology ${requirement.topologies.join(' or ')}`);
        } else if (requirement.auth === true) {
            reasons.push('authentication');
        } else if (requirement.serverless === 'require') {
            reasons.push('serverless');
        } else {
            return null;
        }
    }
    return reasons[0];
}

// What the server refuses by name, as its README lists.
function unsupportedFeature(test) {
    const text = JSON.stringify(test.operations);
    if (text.includes('"failPoint"')) return 'fail points';
    if (text.includes('"collation"')) return 'collation';
    if (/"\$(merge|out|lookup|listLocalSessions|currentOp)"/.test(text)) return 'pipeline stage $' + /"\$(merge|out|lookup|listLocalSessions|currentOp)"/.exec(text)[1];
    if (text.includes('"viewOn"')) return 'views';
    if (text.includes('"validator"')) return 'document validators';
    if (text.includes('"capped"') || text.includes('tailable')) return 'capped collections';
    return null;
}

function checkType(type, actual) {
    const types = Array.isArray(type) ? type : [type];
    const of = value => {
        if (value === null) return ['null'];
        if (Array.isArray(value)) return ['array'];
        if (value instanceof Date) return ['date'];
        if (value instanceof RegExp) return ['regex'];
        switch (typeof value) {
            case 'string': return ['string'];
            case 'boolean': return ['bool'];
            case 'number': return Number.isInteger(value) ? ['int', 'long', 'double', 'number'] : ['double', 'number'];
            default:
        }
        switch (value._bsontype) {
            case 'ObjectId': return ['objectId'];
            case 'Long': return ['long', 'number'];
            case 'Int32': return ['int', 'number'];
            case 'Double': return ['double', 'number'];
            case 'Decimal128': return ['decimal', 'number'];
            case 'Binary': return ['binData'];
            case 'Timestamp': return ['timestamp'];
            default: return ['object'];
        }
    };
    const actualTypes = of(actual);
    if (!types.some(expected => actualTypes.includes(expected))) throw new Error(`type ${actualTypes[0]} instead of ${types}`);
}

const plain = value => {
    if (value instanceof Long || (value && value._bsontype === 'Long')) return Number(value.toString());
    if (value && (value._bsontype === 'Int32' || value._bsontype === 'Double')) return value.value;
    return value;
};

function match(expected, actual, at, isRoot, entities) {
    expected = plain(expected);
    actual = plain(actual);
    if (isObject(expected)) {
        const keys = Object.keys(expected);
        if (keys.length === 1 && keys[0].startsWith('$$')) {
            const argument = expected[keys[0]];
            switch (keys[0]) {
                case '$$unsetOrMatches': if (actual !== undefined) match(argument, actual, at, isRoot, entities); return;
                case '$$exists': if ((actual !== undefined) !== argument) throw new Error(`${at} ${argument ? 'is missing' : 'is there'}`); return;
                case '$$type': checkType(argument, actual); return;
                case '$$matchesEntity': match(entities.get(argument), actual, at, isRoot, entities); return;
                default: throw new Skip(`matcher ${keys[0]}`);
            }
        }
        if (!isObject(actual)) throw new Error(`${at} is ${EJSON.stringify(actual)} instead of a document`);
        for (const key of keys) {
            const value = expected[key];
            const special = isObject(value) && Object.keys(value).length === 1 && ['$$exists', '$$unsetOrMatches'].includes(Object.keys(value)[0]);
            if (!(key in actual) && !special) throw new Error(`${at}.${key} is missing in ${EJSON.stringify(actual)}`);
            match(value, actual[key], `${at}.${key}`, false, entities);
        }
        if (!isRoot) {
            for (const key of Object.keys(actual)) if (!(key in expected)) throw new Error(`${at}.${key} is not expected`);
        }
        return;
    }
    if (Array.isArray(expected)) {
        if (!Array.isArray(actual) || actual.length !== expected.length) throw new Error(`${at} is ${EJSON.stringify(actual)} instead of ${EJSON.stringify(expected)}`);
        expected.forEach((item, i) => match(item, actual[i], `${at}[${i}]`, isRoot, entities));
        return;
    }
    if (EJSON.stringify(expected) !== EJSON.stringify(actual)) throw new Error(`${at} is ${EJSON.stringify(actual)} instead of ${EJSON.stringify(expected)}`);
}

function withSession(args, entities) {
    const { session, ...rest } = args || {};
    return session ? { ...rest, session: entities.get(session) } : rest;
}

function bulkModel(request) {
    const [name] = Object.keys(request);
    return { [name]: request[name] };
}

const insertResult = result => ({ ...result });

const collectionOperations = {
    find: (c, { filter, ...o }) => c.find(filter, o).toArray(),
    findOne: (c, { filter, ...o }) => c.findOne(filter, o),
    aggregate: (c, { pipeline, ...o }) => c.aggregate(pipeline, o).toArray(),
    countDocuments: (c, { filter, ...o }) => c.countDocuments(filter, o),
    count: (c, { filter, ...o }) => c.count(filter, o),
    estimatedDocumentCount: (c, o) => c.estimatedDocumentCount(o),
    distinct: (c, { fieldName, filter, ...o }) => c.distinct(fieldName, filter, o),
    insertOne: async (c, { document, ...o }) => insertResult(await c.insertOne(document, o)),
    insertMany: async (c, { documents, ...o }) => insertResult(await c.insertMany(documents, o)),
    updateOne: (c, { filter, update, ...o }) => c.updateOne(filter, update, o),
    updateMany: (c, { filter, update, ...o }) => c.updateMany(filter, update, o),
    replaceOne: (c, { filter, replacement, ...o }) => c.replaceOne(filter, replacement, o),
    deleteOne: (c, { filter, ...o }) => c.deleteOne(filter, o),
    deleteMany: (c, { filter, ...o }) => c.deleteMany(filter, o),
    findOneAndUpdate: (c, { filter, update, returnDocument, ...o }) => c.findOneAndUpdate(filter, update, { ...o, returnDocument: (returnDocument || 'before').toLowerCase() }),
    findOneAndReplace: (c, { filter, replacement, returnDocument, ...o }) => c.findOneAndReplace(filter, replacement, { ...o, returnDocument: (returnDocument || 'before').toLowerCase() }),
    findOneAndDelete: (c, { filter, ...o }) => c.findOneAndDelete(filter, o),
    bulkWrite: (c, { requests, ...o }) => c.bulkWrite(requests.map(bulkModel), o),
    createIndex: (c, { keys, ...o }) => c.createIndex(keys, o),
    dropIndex: (c, { name, ...o }) => c.dropIndex(name, o),
    listIndexes: c => c.listIndexes().toArray(),
};

const databaseOperations = {
    runCommand: (d, { command, commandName, readPreference, ...o }) => d.command(command, { ...o, ...(readPreference ? { readPreference: readPreference.mode || readPreference } : {}) }),
    runCursorCommand: async (d, args) => (await commandCursor(d, args)).toArray(),
    aggregate: (d, { pipeline, ...o }) => d.aggregate(pipeline, o).toArray(),
    createCollection: (d, { collection, ...o }) => d.createCollection(collection, o),
    dropCollection: (d, { collection }) => d.dropCollection(collection).catch(() => null),
    listCollections: (d, { filter, ...o }) => d.listCollections(filter, o).toArray(),
};

async function commandCursor(database, { command, commandName, batchSize, comment, maxTimeMS, cursorType, timeoutMode, readPreference, ...options }) {
    const cursor = database.runCursorCommand(command, { ...options, ...(readPreference ? { readPreference: readPreference.mode || readPreference } : {}) });
    if (batchSize !== undefined) cursor.setBatchSize(batchSize);
    if (comment !== undefined) cursor.setComment(comment);
    if (maxTimeMS !== undefined) cursor.setMaxTimeMS(maxTimeMS);
    return cursor;
}

async function runOperation(operation, entities) {
    const target = entities.get(operation.object);
    const args = withSession(operation.arguments, entities);
    if (operation.object === 'testRunner') throw new Skip(`test runner operation ${operation.name}`);
    if (operation.name === 'close') return target.close();
    if (operation.name === 'iterateUntilDocumentOrError') return target.next();
    if (operation.name === 'iterateOnce') return target.tryNext();
    if (target instanceof mongodb.Collection) {
        if (operation.name === 'createFindCursor') { const { filter, ...o } = args; const cursor = target.find(filter, o); await cursor.hasNext(); return cursor; }
        const run = collectionOperations[operation.name];
        if (!run) throw new Skip(`collection operation ${operation.name}`);
        return run(target, args);
    }
    if (target instanceof mongodb.Db) {
        if (operation.name === 'createCommandCursor') { const cursor = await commandCursor(target, args); await cursor.hasNext(); return cursor; }
        const run = databaseOperations[operation.name];
        if (!run) throw new Skip(`database operation ${operation.name}`);
        return run(target, args);
    }
    if (target instanceof MongoClient && operation.name === 'clientBulkWrite') {
        const { models, ...o } = args;
        return target.bulkWrite(models.map(model => { const [name] = Object.keys(model); return { name, ...model[name] }; }), o);
    }
    if (target instanceof MongoClient && operation.name === 'listDatabaseNames') return (await target.db().admin().listDatabases({ nameOnly: true })).databases.map(d => d.name);
    throw new Skip(`operation ${operation.name} on ${operation.object}`);
}

function checkError(expected, error, entities) {
    const reply = error.errorResponse || error;
    if (expected.isClientError === true && error instanceof mongodb.MongoServerError) throw new Error(`a client error was expected, not ${error.message}`);
    if (expected.isClientError === false && !(error instanceof mongodb.MongoServerError)) throw new Error(`a server error was expected, not ${error.message}`);
    if (expected.errorContains && !error.message.toLowerCase().includes(expected.errorContains.toLowerCase())) throw new Error(`"${error.message}" does not contain "${expected.errorContains}"`);
    if (expected.errorCode !== undefined && error.code !== expected.errorCode) throw new Error(`error code ${error.code} instead of ${expected.errorCode}: ${error.message}`);
    if (expected.errorCodeName !== undefined && error.codeName !== expected.errorCodeName) throw new Error(`error name ${error.codeName} instead of ${expected.errorCodeName}`);
    if (expected.errorResponse) match(expected.errorResponse, reply, 'errorResponse', true, entities);
    if (expected.expectResult) match(expected.expectResult, error.result ?? error.partialResult ?? {}, 'result', true, entities);
    for (const label of expected.errorLabelsContain || []) if (!error.hasErrorLabel(label)) throw new Error(`error label ${label} is missing`);
}

const relaxed = value => EJSON.deserialize(value, { relaxed: true });

async function createEntities(definitions, open) {
    const entities = new Map();
    for (const definition of definitions || []) {
        const [kind] = Object.keys(definition);
        const options = definition[kind];
        switch (kind) {
            case 'client': {
                const uriOptions = { ...(options.uriOptions || {}) };
                const client = new MongoClient(uri, { ...uriOptions, monitorCommands: true, ...(options.serverApi ? { serverApi: options.serverApi } : {}) });
                open.push(client);
                await client.connect();
                entities.set(options.id, client);
                break;
            }
            case 'database':
                entities.set(options.id, entities.get(options.client).db(options.databaseName, options.databaseOptions));
                break;
            case 'collection':
                entities.set(options.id, entities.get(options.database).collection(options.collectionName, options.collectionOptions));
                break;
            case 'session':
                entities.set(options.id, entities.get(options.client).startSession(options.sessionOptions));
                break;
            default:
                throw new Skip(`entity ${kind}`);
        }
    }
    return entities;
}

async function fill(admin, initialData) {
    for (const data of initialData || []) {
        const database = admin.db(data.databaseName);
        await database.collection(data.collectionName).drop().catch(() => null);
        if (data.documents.length) await database.collection(data.collectionName).insertMany(data.documents, { writeConcern: { w: 'majority' } });
        else await database.createCollection(data.collectionName, data.createOptions || {});
    }
}

async function checkOutcome(admin, outcome) {
    for (const data of outcome || []) {
        const actual = await admin.db(data.databaseName).collection(data.collectionName).find({}, { sort: { _id: 1 } }).toArray();
        if (EJSON.stringify(actual) !== EJSON.stringify(data.documents)) {
            match(data.documents, actual, data.collectionName, false, new Map());
            if (actual.some((document, i) => EJSON.stringify(document) !== EJSON.stringify(data.documents[i]))) {
                throw new Error(`${data.collectionName} holds ${EJSON.stringify(actual)} instead of ${EJSON.stringify(data.documents)}`);
            }
        }
    }
}

// Tests of what this driver does before anything reaches the server.
const driverLimits = new Map([
    ['create-null-ids.json', [/via (insertOne|insertMany|bulkWrite)$/, 'the driver replaces a null _id']],
]);

async function runTest(file, test, admin, server) {
    const unmet = unmetRequirement(file.runOnRequirements, server) || unmetRequirement(test.runOnRequirements, server);
    if (unmet) throw new Skip(`needs ${unmet}`);
    if (test.skipReason) throw new Skip(test.skipReason);
    const feature = unsupportedFeature(test);
    if (feature) throw new Skip(`needs ${feature}`);
    const limit = driverLimits.get(file.name);
    if (limit && limit[0].test(test.description)) throw new Skip(limit[1]);
    await fill(admin, file.initialData);
    const open = [];
    try {
        const entities = await createEntities(file.createEntities, open);
        for (const operation of test.operations) {
            let result;
            try {
                result = await runOperation(operation, entities);
            } catch (error) {
                if (error instanceof Skip || (!operation.expectError && !operation.ignoreResultAndError)) throw error;
                if (operation.expectError) checkError(operation.expectError, error, entities);
                continue;
            }
            if (operation.expectError) throw new Error(`${operation.name} did not fail`);
            if (operation.saveResultAsEntity) entities.set(operation.saveResultAsEntity, result);
            if ('expectResult' in operation) match(operation.expectResult, result, operation.name, true, entities);
        }
        await checkOutcome(admin, test.outcome);
    } finally {
        for (const client of open) await client.close();
    }
}

(async () => {
    const admin = new MongoClient(uri);
    await admin.connect();
    const server = { version: parseVersion((await admin.db('admin').command({ buildInfo: 1 })).version) };
    for (const folder of folders) {
        for (const name of fs.readdirSync(folder).filter(entry => entry.endsWith('.json')).sort()) {
            const file = relaxed(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
            file.name = name;
            for (const test of file.tests) {
                const line = { file: name, test: test.description, outcome: 'passed' };
                try {
                    await runTest(file, test, admin, server);
                } catch (error) {
                    line.outcome = error instanceof Skip ? 'skipped' : 'failed';
                    line.reason = error.message;
                }
                console.log(JSON.stringify(line));
            }
        }
    }
    await admin.close();
})().catch(error => {
    console.error(error);
    process.exit(1);
});
