using System.Globalization;
using System.Net.Sockets;
using Lmtp.EmbeddedMongo.Bson;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>
/// One client's random writes to documents of its own. Of each document it knows which version was acknowledged last and
/// which, if any, was on its way when the server ended.
/// </summary>
internal sealed class CrashWorkload(int client, int seed)
{
    private const int Documents = 20;

    private readonly Random _random = new(seed);
    private readonly int[] _acknowledged = new int[Documents];
    private readonly int[] _sent = new int[Documents];
    private int _version;

    /// <summary>Writes until it is stopped or the server is gone.</summary>
    public async Task RunAsync(IMongoDatabase database, CrashMoment moment, CancellationToken stop)
    {
        IMongoCollection<BsonDocument> things = database.GetCollection<BsonDocument>("things")
            .WithWriteConcern(WriteConcern.WMajority.With(journal: true));
        try
        {
            if (client == 0)
            {
                await things.Indexes.CreateOneAsync(
                    new CreateIndexModel<BsonDocument>(Builders<BsonDocument>.IndexKeys.Ascending("n").Ascending("tags")), cancellationToken: stop);
            }

            while (!stop.IsCancellationRequested)
            {
                await WriteAsync(things, _random.Next(Documents), stop);
                moment.Acknowledge();
            }
        }
        catch (Exception exception) when (exception is MongoException or OperationCanceledException or TimeoutException or IOException or SocketException)
        {
            // The server is gone; what was under way may or may not have been done.
        }
    }

    /// <summary>Compares what is there after recovery with what was acknowledged, and goes on from it.</summary>
    /// <param name="read">Reads a document by its id; null where there is none.</param>
    public void Check(Func<string, byte[]?> read)
    {
        for (int i = 0; i < Documents; i++)
        {
            int found = VersionOf(read(Id(i)));
            Assert.True(
                found == _acknowledged[i] || found == _sent[i],
                $"{Id(i)}: version {found} found, {_acknowledged[i]} acknowledged, {_sent[i]} sent");
            _acknowledged[i] = _sent[i] = found;
        }
    }

    // Version 0 is "not there".
    private static int VersionOf(byte[]? document)
    {
        if (document is null)
        {
            return 0;
        }

        BsonSlice slice = new(document);
        int version = slice["n"u8].AsInt32;
        Assert.Equal(Filler(version), System.Text.Encoding.UTF8.GetString(slice["text"u8].AsUtf8));
        return version;
    }

    private static string Filler(int version) => new((char)('a' + (version % 26)), version * 37 % 3000);

    private string Id(int document) => string.Create(CultureInfo.InvariantCulture, $"{client}-{document}");

    private async Task WriteAsync(IMongoCollection<BsonDocument> things, int i, CancellationToken stop)
    {
        FilterDefinition<BsonDocument> filter = Builders<BsonDocument>.Filter.Eq("_id", Id(i));
        int version = ++_version;
        if (_acknowledged[i] != 0 && _random.Next(5) == 0)
        {
            _sent[i] = 0;
            await things.DeleteOneAsync(filter, stop);
            _acknowledged[i] = 0;
            return;
        }

        _sent[i] = version;
        BsonDocument document = new()
        {
            { "_id", Id(i) },
            { "n", version },
            { "tags", new BsonArray(Enumerable.Range(0, version % 4)) },
            { "text", Filler(version) },
        };
        if (_acknowledged[i] == 0)
        {
            await things.InsertOneAsync(document, cancellationToken: stop);
        }
        else if (_random.Next(2) == 0)
        {
            await things.ReplaceOneAsync(filter, document, cancellationToken: stop);
        }
        else
        {
            await things.FindOneAndUpdateAsync(
                filter,
                Builders<BsonDocument>.Update.Set("n", version).Set("text", Filler(version)).Set("tags", document["tags"]),
                cancellationToken: stop);
        }

        _acknowledged[i] = version;
    }
}
