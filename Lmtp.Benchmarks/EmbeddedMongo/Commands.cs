using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.Benchmarks.EmbeddedMongo;

/// <summary>The commands that the benchmark sends.</summary>
internal static class Commands
{
    private const string Database = "bench";

    /// <summary>Inserts documents.</summary>
    public static byte[] Insert(string collection, IEnumerable<byte[]> documents, bool journaled)
    {
        BsonDocumentBuilder array = new();
        foreach (byte[] document in documents)
        {
            array.AppendDocument("0"u8, document);
        }

        BsonDocumentBuilder command = new BsonDocumentBuilder().Append("insert"u8, collection);
        AppendArray(command, "documents"u8, array.ToArray());
        return Finish(command, journaled);
    }

    /// <summary>Finds one document by its <c>_id</c>.</summary>
    public static byte[] FindById(string collection, long id) => Finish(
        new BsonDocumentBuilder().Append("find"u8, collection).AppendDocument("filter"u8, Field("_id"u8, id)).Append("limit"u8, 1), false);

    /// <summary>Finds the documents whose field <c>n</c> is in a range, all in one batch.</summary>
    public static byte[] FindRange(string collection, long from, long count)
    {
        byte[] range = new BsonDocumentBuilder().Append("$gte"u8, from).Append("$lt"u8, from + count).ToArray();
        byte[] filter = new BsonDocumentBuilder().AppendDocument("n"u8, range).ToArray();
        return Finish(
            new BsonDocumentBuilder().Append("find"u8, collection).AppendDocument("filter"u8, filter).Append("batchSize"u8, count), false);
    }

    /// <summary>Counts a field of a document up.</summary>
    public static byte[] Increment(string collection, long id, bool journaled)
    {
        byte[] update = new BsonDocumentBuilder().AppendDocument("$inc"u8, Field("c"u8, 1)).ToArray();
        return Finish(
            new BsonDocumentBuilder().Append("findAndModify"u8, collection).AppendDocument("query"u8, Field("_id"u8, id)).AppendDocument("update"u8, update),
            journaled);
    }

    /// <summary>Creates the index on <c>n</c>.</summary>
    public static byte[] CreateIndex(string collection)
    {
        byte[] index = new BsonDocumentBuilder().AppendDocument("key"u8, Field("n"u8, 1)).Append("name"u8, "n_1").ToArray();
        BsonDocumentBuilder command = new BsonDocumentBuilder().Append("createIndexes"u8, collection);
        AppendArray(command, "indexes"u8, new BsonDocumentBuilder().AppendDocument("0"u8, index).ToArray());
        return Finish(command, false);
    }

    /// <summary>Does nothing.</summary>
    public static byte[] Ping() => Finish(new BsonDocumentBuilder().Append("ping"u8, 1), false);

    /// <summary>A document of about a size with <c>_id</c>, <c>n</c> and filler.</summary>
    public static byte[] Document(long id, int size)
    {
        const int Overhead = 45;
        return new BsonDocumentBuilder()
            .Append("_id"u8, id)
            .Append("n"u8, id)
            .Append("text"u8, new string('x', Math.Max(size - Overhead, 1)))
            .ToArray();
    }

    private static byte[] Field(ReadOnlySpan<byte> name, long value) => new BsonDocumentBuilder().Append(name, value).ToArray();

    private static void AppendArray(BsonDocumentBuilder command, ReadOnlySpan<byte> name, byte[] array) =>
        command.Append(name, new BsonValueSlice(BsonType.Array, array));

    private static byte[] Finish(BsonDocumentBuilder command, bool journaled)
    {
        if (journaled)
        {
            byte[] concern = new BsonDocumentBuilder().Append("w"u8, "majority").Append("j"u8, new BsonValueSlice(BsonType.Boolean, [1])).ToArray();
            command.AppendDocument("writeConcern"u8, concern);
        }

        return WireClient.Message(command.Append("$db"u8, Database).ToArray());
    }
}
