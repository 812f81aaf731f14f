'use strict';
// What an application does first with MongoDB's driver: node smoke.js <driver module> <mongodb URI>
const assert = require('assert');
const [driverPath, uri] = process.argv.slice(2);
const { MongoClient, Long, ObjectId } = require(driverPath);

(async () => {
    const client = new MongoClient(uri);
    await client.connect();
    const database = client.db('smoke');
    const books = database.collection('books');
    await books.insertMany([
        { _id: 1, title: 'a', pages: 10, tags: ['x', 'y'] },
        { _id: 2, title: 'b', pages: 20, tags: [] },
        { title: 'c', pages: Long.fromString('9007199254740993') },
    ]);
    assert.strictEqual(await books.countDocuments({}), 3);
    assert.deepStrictEqual((await books.find({ pages: { $lt: 30 } }).sort({ pages: -1 }).toArray()).map(book => book._id), [2, 1]);
    assert.ok((await books.findOne({ title: 'c' }))._id instanceof ObjectId);
    assert.deepStrictEqual(await books.findOneAndUpdate({ _id: 1 }, { $inc: { pages: 5 }, $push: { tags: 'z' } }, { returnDocument: 'after' }),
        { _id: 1, title: 'a', pages: 15, tags: ['x', 'y', 'z'] });
    const upsert = await books.updateOne({ title: 'd', pages: { $in: [7] } }, { $set: { 'publisher.name': 'p' } }, { upsert: true });
    assert.deepStrictEqual(await books.findOne({ _id: upsert.upsertedId }, { projection: { _id: 0 } }), { pages: 7, title: 'd', publisher: { name: 'p' } });
    assert.deepStrictEqual(await books.distinct('tags'), ['x', 'y', 'z']);

    await books.createIndex({ title: 1 }, { unique: true });
    await assert.rejects(books.insertOne({ title: 'a' }), error => error.code === 11000 && error.keyPattern.title === 1 && error.keyValue.title === 'a');
    const plan = (await books.find({ title: 'a' }).explain('executionStats'));
    assert.strictEqual(plan.queryPlanner.winningPlan.inputStage.stage, 'IXSCAN');
    assert.strictEqual(plan.queryPlanner.winningPlan.inputStage.indexName, 'title_1');

    const many = database.collection('many');
    await many.insertMany(Array.from({ length: 1000 }, (_, i) => ({ i, even: i % 2 === 0 })));
    assert.strictEqual((await many.find({}).batchSize(33).toArray()).length, 1000);
    assert.deepStrictEqual(await many.aggregate([{ $match: { even: true } }, { $group: { _id: '$even', n: { $sum: 1 }, last: { $max: '$i' } } }]).toArray(),
        [{ _id: true, n: 500, last: 998 }]);
    assert.strictEqual((await many.deleteMany({ even: true })).deletedCount, 500);
    const bulk = await many.bulkWrite([
        { updateMany: { filter: {}, update: { $set: { seen: true } } } },
        { deleteOne: { filter: { i: 1 } } },
        { replaceOne: { filter: { i: 3 }, replacement: { i: -3 } } },
    ], { ordered: false });
    assert.deepStrictEqual([bulk.modifiedCount, bulk.deletedCount], [501, 1]);
    await assert.rejects(database.command({ nonsense: 1 }), error => error.code === 59 && error.codeName === 'CommandNotFound');
    await assert.rejects(database.command({ mapReduce: 'many' }), error => error.code === 115);
    await assert.rejects(many.aggregate([{ $lookup: {} }]).toArray(), error => error.code === 40324);
    await assert.rejects(many.find({}, { collation: { locale: 'de' } }).toArray(), error => error.code === 72);
    assert.deepStrictEqual((await database.listCollections().toArray()).map(collection => collection.name).sort(), ['books', 'many']);
    await database.dropDatabase();
    assert.deepStrictEqual(await database.listCollections().toArray(), []);
    await client.close();
    console.log('ok');
})().catch(error => {
    console.error(error);
    process.exit(1);
});
