using Lmtp.EmbeddedMongo;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Bind", "0.0.0.0", "EmbeddedMongo:Bind")]
    [InlineData("Bind", "example.test", "EmbeddedMongo:Bind")]
    [InlineData("Port", "65536", "EmbeddedMongo:Port")]
    [InlineData("Port", "-1", "EmbeddedMongo:Socket")]
    [InlineData("JournalInterval", "0", "EmbeddedMongo:JournalInterval")]
    [InlineData("JournalInterval", "10001", "EmbeddedMongo:JournalInterval")]
    [InlineData("User", "mail", "EmbeddedMongo:Password")]
    [InlineData("CursorTimeout", "00:00:00", "EmbeddedMongo:CursorTimeout")]
    public async Task Impossible_setting_stops_the_start_and_names_its_key(string key, string value, string named)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            MongoTestServer.StartAsync(new Dictionary<string, string?> { [key] = value }));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0007")]
    [InlineData("\u00AD")]
    public async Task Password_that_no_client_can_send_stops_the_start_and_is_not_shown(string password)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            MongoTestServer.StartAsync(new Dictionary<string, string?> { ["User"] = "mail", ["Password"] = password }));
        Assert.Contains("EmbeddedMongo:Password", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_beyond_loopback_is_taken_with_credentials()
    {
        await using var server = await MongoTestServer.StartAsync(new Dictionary<string, string?>
        {
            ["Bind"] = "0.0.0.0",
            ["User"] = "mail",
            ["Password"] = "secret",
        });
        Assert.StartsWith("mongodb://", server.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unauthenticated_client_is_refused()
    {
        await using var server = await MongoTestServer.StartAsync(new Dictionary<string, string?> { ["User"] = "mail", ["Password"] = "secret" });
        var database = new MongoClient(server.Uri).GetDatabase("test");
        var exception = await Assert.ThrowsAsync<MongoCommandException>(() => database.RunCommandAsync<BsonDocument>(
            new BsonDocument("find", "c"),
            cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(13, exception.Code);
    }

    [Fact]
    public async Task Documents_are_there_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("lmtp-mongo-").FullName;
        var cancellation = TestContext.Current.CancellationToken;
        try
        {
            await using (var first = await MongoTestServer.StartAsync(data: data))
            {
                await new MongoClient(first.Uri).GetDatabase("test").GetCollection<BsonDocument>("c")
                    .InsertOneAsync(new BsonDocument("_id", 7), cancellationToken: cancellation);
            }

            await using var second = await MongoTestServer.StartAsync(data: data);
            var found = await new MongoClient(second.Uri).GetDatabase("test").GetCollection<BsonDocument>("c")
                .Find(new BsonDocument()).ToListAsync(cancellation);
            Assert.Equal([new BsonDocument("_id", 7)], found);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--port")]
    [InlineData("frobnicate")]
    [InlineData("backup")]
    public void Unknown_argument_is_refused(string argument) =>
        Assert.Throws<CommandLineException>(() => CommandLine.Parse([argument]));
}
