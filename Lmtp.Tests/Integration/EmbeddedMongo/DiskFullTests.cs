using Lmtp.Tests.Processes;
using Lmtp.Tests.Unit.EmbeddedMongo.Engine;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>What clients see of a disk that takes nothing more.</summary>
public sealed class DiskFullTests
{
    private const int OutOfDiskSpace = 14031;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_says_that_it_is_read_only_and_goes_on_reading()
    {
        FaultyFileSystem files = new();
        await using var server = await MongoTestServer.StartAsync(files: files);
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await AssertStateAsync(database, isReadOnly: false);
        files.LimitSpace(200_000);
        await FillAsync(database, server);
    }

    [Fact]
    public async Task Really_full_disk_refuses_writes_and_loses_nothing()
    {
        using TemporaryDirectory folder = new();
        await MountAsync(folder.Path, "size=2m");
        try
        {
            List<int> written;
            await using (var server = await MongoTestServer.StartAsync(data: folder.Path))
            {
                written = await FillAsync(new MongoClient(server.Uri).GetDatabase("test"), server);
            }

            // The segment that the next start goes on with needs room again.
            await MountAsync(folder.Path, "remount,size=8m");
            await using var restarted = await MongoTestServer.StartAsync(data: folder.Path);
            var database = new MongoClient(restarted.Uri).GetDatabase("test");
            await AssertStateAsync(database, isReadOnly: false);
            Assert.Equal(written, await IdsAsync(database));
            await InsertAsync(database, 1_000_000);
        }
        finally
        {
            await ChildProcess.RunAsync("umount", ["-l", folder.Path], CancellationToken.None);
        }
    }

    // Fills the disk, and returns what was acknowledged, which is all that is there.
    private static async Task<List<int>> FillAsync(IMongoDatabase database, MongoTestServer server)
    {
        List<int> written = [];
        MongoException? refusal = null;
        for (var id = 0; refusal is null; id++)
        {
            try
            {
                await InsertAsync(database, id);
                written.Add(id);
            }
            catch (MongoException exception)
            {
                refusal = exception;
            }
        }

        Assert.Equal((OutOfDiskSpace, "OutOfDiskSpace"), (Assert.IsType<MongoCommandException>(refusal).Code, ((MongoCommandException)refusal).CodeName));
        var update = await Assert.ThrowsAnyAsync<MongoException>(() => database.GetCollection<BsonDocument>("c")
            .UpdateOneAsync(new BsonDocument("_id", 0), new BsonDocument("$set", new BsonDocument("x", 1)), cancellationToken: Token));
        Assert.Contains("read-only", update.Message, StringComparison.Ordinal);
        Assert.NotEmpty(written);
        Assert.Equal(written, await IdsAsync(new MongoClient(server.Uri).GetDatabase("test")));
        await AssertStateAsync(database, isReadOnly: true);
        return written;
    }

    private static async Task AssertStateAsync(IMongoDatabase database, bool isReadOnly)
    {
        var hello = await database.RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1), cancellationToken: Token);
        Assert.Equal(isReadOnly, hello["readOnly"].AsBoolean);
        var status = await database.RunCommandAsync<BsonDocument>(new BsonDocument("serverStatus", 1), cancellationToken: Token);
        var storage = status["storageEngine"].AsBsonDocument;
        Assert.Equal((isReadOnly, isReadOnly), (storage["readOnly"].AsBoolean, storage.Contains("failure")));
    }

    private static Task InsertAsync(IMongoDatabase database, int id) => database.GetCollection<BsonDocument>("c")
        .WithWriteConcern(WriteConcern.W1.With(journal: true))
        .InsertOneAsync(new BsonDocument { { "_id", id }, { "text", new string('x', 10_000 + (id % 1000)) } }, cancellationToken: Token);

    private static async Task<List<int>> IdsAsync(IMongoDatabase database) =>
        [.. (await database.GetCollection<BsonDocument>("c").Find(new BsonDocument()).ToListAsync(Token)).Select(document => document["_id"].AsInt32)];

    private static async Task MountAsync(string folder, string options)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("mounting a small disk needs Linux");
        }

        try
        {
            var (exitCode, output) = await ChildProcess.RunAsync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], Token);
            Assert.SkipUnless(exitCode == 0, $"a small disk cannot be mounted here: {output}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Assert.Skip($"a small disk cannot be mounted here: {exception.Message}");
        }
    }
}
