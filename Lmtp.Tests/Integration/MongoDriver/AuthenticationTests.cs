using Lmtp.EmbeddedMongo;
using Lmtp.EmbeddedMongo.Hosting;
using Microsoft.AspNetCore.Builder;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.MongoDriver;

/// <summary>SCRAM-SHA-256 against the embedded database.</summary>
public sealed class AuthenticationTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lmtp-mongo-").FullName;
    private WebApplication? _host;
    private string _address = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = MongoServerHost.Build(new Dictionary<string, string?>
        {
            [$"{EmbeddedMongoOptions.Section}:{nameof(EmbeddedMongoOptions.Data)}"] = _directory,
            [$"{EmbeddedMongoOptions.Section}:{nameof(EmbeddedMongoOptions.Port)}"] = "0",
            [$"{EmbeddedMongoOptions.Section}:{nameof(EmbeddedMongoOptions.User)}"] = "mail,user",
            [$"{EmbeddedMongoOptions.Section}:{nameof(EmbeddedMongoOptions.Password)}"] = "p@ss wörd",
            ["Kestrel:Endpoints:Http:Url"] = "http://127.0.0.1:0",
        });
        await _host.StartAsync(Token);
        _address = new MongoUrl(MongoServerHost.Addresses(_host)[0]).Server.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Right_password_is_accepted()
    {
        using var client = new MongoClient($"mongodb://mail%2Cuser:{Uri.EscapeDataString("p@ss wörd")}@{_address}/?authSource=admin");

        var answer = await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), cancellationToken: Token);

        Assert.True(answer["ok"].ToBoolean());
    }

    [Fact]
    public async Task Wrong_password_is_an_authentication_error()
    {
        using var client = new MongoClient($"mongodb://mail%2Cuser:wrong@{_address}/?authSource=admin");

        await Assert.ThrowsAsync<MongoAuthenticationException>(() => client.GetDatabase("test").GetCollection<BsonDocument>("c").CountDocumentsAsync(new BsonDocument(), cancellationToken: Token));
    }
}
