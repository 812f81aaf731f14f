'use strict';
// Compares a server with the small in-memory stand-in of tools/wildduck-e2e, through MongoDB's driver, on random commands.
//
//   node differential.js <driver module> <folder with mingo and bson> <fakemongo.js> <mongodb URI> <seed> <rounds>
//
// Prints how many answers were compared; ends with 1 and the differences where there are any.
//
// The stand-in is not MongoDB. Where the two are known to differ, this server follows MongoDB's documentation, and the commands
// below do not go there, or the comparison takes the difference out:
//  - Update operators take fields in lexicographic order, those of digits by number; the stand-in takes them as they are written.
//    New fields so come in another order: documents are compared without regard to the order of their fields.
//  - $inc, $mul, $min and $max of MongoDB know types: $inc of a string is an error, $min compares across types by BSON order. The
//    stand-in uses JavaScript's + and <. They get only the fields that hold numbers in every document.
//  - $pull of a field that is missing changes nothing; the stand-in makes an empty array. $pull gets documents that have the array.
//  - $set through a path whose start is null or a scalar is an error (PathNotViable); the stand-in overwrites null. The path of
//    such updates starts at a field that is always a document or missing.
//  - Projections of a path go through arrays, and distinct takes arrays apart and leaves missing values out; in the stand-in they
//    do neither. They get top-level and always present fields.
//  - Sorting orders types as BSON does and takes the least (or greatest) element of an array; the stand-in orders by JavaScript.
//    Sorts get the field that always holds a number.
//  - A range matches only values of its operand's type, and {$gte: null} matches null and missing. Ranges get no null here.
//  - Numbers keep their types; the stand-in answers with int32 and double. Numbers are compared by value.
const assert = require('assert');
const net = require('net');
const { spawn } = require('child_process');
const [driverPath, modules, fakePath, uri, seedText, roundsText] = process.argv.slice(2);
const { MongoClient } = require(driverPath);

let state = Number(seedText) >>> 0;
const next = bound => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
};
const pick = (...values) => values[next(values.length)];
const many = (count, make) => Array.from({ length: count }, make);

const scalar = () => pick(next(5), next(5), next(5) + 0.5, pick('x', 'y', 'zz'), next(2) === 0);
const nested = () => ({ x: scalar(), ...(next(2) ? { y: next(3) } : {}) });
const makeDocument = id => {
    const document = { _id: id, n: next(20), k: pick('p', 'q', 'r') };
    if (next(3)) document.a = next(6) === 0 ? null : scalar();
    if (next(3)) document.o = nested();
    if (next(3)) document.tags = many(next(4), () => pick('x', 'y', 'z', 1, 2));
    if (next(3)) document.list = many(next(3), nested);
    return document;
};

const comparison = () => pick(
    () => ({ $gt: next(5) }),
    () => ({ $gte: next(5), $lt: next(6) }),
    () => ({ $lte: pick('x', 'y') }),
    () => ({ $ne: scalar() }),
    () => ({ $in: many(1 + next(3), scalar) }),
    () => ({ $nin: many(1 + next(3), scalar) }),
    () => ({ $exists: next(2) === 0 }))();
const condition = () => pick(
    () => ({ a: pick(scalar(), null, comparison(), { $not: comparison() }) }),
    () => ({ n: pick({ $gt: next(20) }, { $gte: next(20), $lt: next(20) }, next(20)) }),
    () => ({ k: pick('p', { $in: ['p', 'r'] }, /^[pq]/, { $regex: 'Q', $options: 'i' }) }),
    () => ({ 'o.x': pick(scalar(), comparison()) }),
    () => ({ 'o.y': pick(null, comparison()) }),
    () => ({ tags: pick('x', 1, { $all: ['x', pick('y', 2)] }, { $size: next(4) }, { $in: ['z', 2] }, { $ne: 'x' }, { $elemMatch: { $gt: 1 } }) }),
    () => ({ 'list.x': pick(scalar(), comparison()) }),
    () => ({ list: pick({ $elemMatch: { x: scalar(), y: { $gte: next(3) } } }, { $size: next(3) }, { $exists: false }) }))();
const filter = depth => {
    if (depth > 0 && next(3) === 0) return { [pick('$and', '$or', '$nor')]: many(1 + next(3), () => filter(depth - 1)) };
    return { ...condition(), ...(next(3) === 0 ? condition() : {}) };
};
const update = () => pick(
    () => ({ $set: { a: scalar(), 'o.y': next(3) } }),
    () => ({ $inc: { n: next(5) - 2 }, $unset: { a: 1 } }),
    () => ({ $max: { n: next(25) } }),
    () => ({ $min: { n: next(25) } }),
    () => ({ $unset: { 'o.x': 1 } }),
    () => ({ $push: { tags: pick('x', { $each: ['y', 3] }) } }),
    () => ({ $addToSet: { tags: pick('x', { $each: ['x', 2, 'w'] }) } }),
    () => ({ $set: { 'new.deep.er': scalar() }, $setOnInsert: { k: 'p' } }))();

// Fields by name, so that their order does not count.
const canonical = value => {
    if (Array.isArray(value)) return value.map(canonical);
    if (value && typeof value === 'object') return Object.fromEntries(Object.keys(value).sort().map(key => [key, canonical(value[key])]));
    return value;
};

let fresh = 1000;
const step = () => pick(
    () => { const query = filter(2); return ['find', query, c => c.find(query).sort({ _id: 1 }).toArray()]; },
    () => { const query = filter(2); return ['find', query, c => c.find(query).sort({ _id: 1 }).toArray()]; },
    () => {
        const query = filter(1), sort = { n: pick(1, -1), _id: pick(1, -1) }, skip = next(3), limit = 1 + next(6);
        const projection = pick({ n: 1, k: 1 }, { a: 0, list: 0 }, { _id: 0, n: 1, o: 1 });
        return ['find', { query, sort, skip, limit, projection }, c => c.find(query, { sort, skip, limit, projection, batchSize: 2 }).toArray()];
    },
    () => { const query = filter(1); return ['distinct', query, async c => (await c.distinct('k', query)).sort()]; },
    () => { const query = filter(1); return ['aggregate', query, c => c.aggregate([{ $match: query }, { $group: { _id: '$k', n: { $sum: '$n' }, most: { $max: '$n' }, count: { $sum: 1 } } }, { $sort: { _id: 1 } }]).toArray()]; },
    () => { const query = filter(1), change = update(); return ['updateMany', { query, change }, async c => counts(await c.updateMany(query, change))]; },
    () => { const query = { _id: next(45) }, change = update(); return ['updateOne', { query, change }, async c => counts(await c.updateOne(query, change))]; },
    () => { const query = { _id: fresh++, n: next(20), k: { $in: ['q'] } }, change = update(); return ['upsert', { query, change }, async c => counts(await c.updateOne(query, change, { upsert: true }))]; },
    () => { const query = { tags: { $exists: true }, ...condition0() }, change = { $pull: { tags: pick('x', 1, { $in: ['y', 2] }) } }; return ['updateMany', { query, change }, async c => counts(await c.updateMany(query, change))]; },
    () => { const query = filter(1), sort = { n: pick(1, -1), _id: 1 }, change = update(), returnDocument = pick('before', 'after'); return ['findOneAndUpdate', { query, sort, change, returnDocument }, c => c.findOneAndUpdate(query, change, { sort, returnDocument })]; },
    () => { const _id = next(45), document = { ...makeDocument(_id) }; return ['replaceOne', document, async c => counts(await c.replaceOne({ _id }, document, { upsert: true }))]; },
    () => { const query = { _id: { $in: [next(45), next(45)] }, ...condition0() }; return ['deleteMany', query, async c => (await c.deleteMany(query)).deletedCount]; })();
const condition0 = () => ({ n: { $gte: next(10) } });
const counts = result => [result.matchedCount, result.modifiedCount, result.upsertedCount];

const freePort = () => new Promise(resolve => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address();
        probe.close(() => resolve(port));
    });
});

(async () => {
    const port = await freePort();
    const fake = spawn(process.execPath, [fakePath, String(port)], { env: { ...process.env, NODE_PATH: modules }, stdio: ['ignore', 'pipe', 'inherit'] });
    process.on('exit', () => fake.kill());
    await new Promise((resolve, reject) => {
        fake.stdout.once('data', resolve);
        fake.once('exit', code => reject(new Error(`the stand-in ended with ${code}`)));
    });
    const clients = [new MongoClient(`mongodb://127.0.0.1:${port}`), new MongoClient(uri)];
    const differences = [];
    let compared = 0;
    for (let round = 0; round < Number(roundsText); round++) {
        const [expecting, tested] = clients.map(client => client.db('differential').collection('r' + round));
        const documents = many(30, (_, i) => makeDocument(i));
        await expecting.insertMany(documents);
        await tested.insertMany(documents);
        for (let i = 0; i < 60 && differences.length < 10; i++) {
            const [name, told, run] = step();
            const [expected, actual] = await Promise.all([run(expecting), run(tested)].map(answer => answer.catch(error => ({ error: error.code, message: error.message }))));
            const contents = await Promise.all([expecting, tested].map(c => c.find().sort({ _id: 1 }).toArray()));
            compared += 2;
            try {
                assert.deepStrictEqual(canonical(actual), canonical(expected));
                assert.deepStrictEqual(canonical(contents[1]), canonical(contents[0]));
            } catch (difference) {
                differences.push({ round, i, name, told, expected, actual, difference: difference.message.slice(0, 1500) });
                break;
            }
        }
    }

    await Promise.all(clients.map(client => client.close()));
    if (differences.length) {
        console.error(differences.map(difference => require('util').inspect(difference, { depth: 9 })).join('\n'));
        process.exit(1);
    }

    console.log(`${compared} answers compared`);
    process.exit(0);
})().catch(error => {
    console.error(error);
    process.exit(1);
});
