using System.Net;
using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>The server's storage and delivery on an embedded database, without protocol and API.</summary>
internal sealed class DeliveryHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DeliveryHost(WebApplication app, string database)
    {
        _app = app;
        Database = app.Services.GetRequiredService<IMongoClient>().GetDatabase(database);
    }

    public IMongoDatabase Database { get; }

    public IDeliveryAgent Agent => _app.Services.GetRequiredService<IDeliveryAgent>();

    public UserStore Users => Get<UserStore>();

    public static Task<DeliveryHost> StartAsync(
        EmbeddedMongoFixture mongo, string database, params (string Key, string Value)[] settings) =>
        StartAsync(mongo, database, static _ => { }, settings);

    /// <summary>Starts with further or other services; the settings are complete when <paramref name="configure"/> runs.</summary>
    public static async Task<DeliveryHost> StartAsync(
        EmbeddedMongoFixture mongo,
        string database,
        Action<WebApplicationBuilder> configure,
        params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:maildb"] = $"{mongo.ConnectionString}/{database}",
            ["Lmtp:Storage:OwnDatabase"] = $"{database}-own",
            ["Lmtp:Storage:QueueDatabase"] = $"{database}-queue",
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddMongoDBClient("maildb");
        builder.AddStorage();
        builder.AddDelivery();
        configure(builder);
        var app = builder.Build();
        if (app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.CreateIndexes)
        {
            await app.Services.GetRequiredService<IndexBuilder>().CreateMissingAsync(TestContext.Current.CancellationToken);
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return new DeliveryHost(app, database);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<ObjectId> AddUserAsync(string address, long quota = 0)
    {
        var result = await Users.CreateAsync(
            new NewUser { Username = address[..address.IndexOf('@')], Address = address, Quota = quota },
            TestContext.Current.CancellationToken);
        Assert.Equal(CreateUserStatus.Created, result.Status);
        return result.Id;
    }

    public async Task<bool> DeleteUserAsync(ObjectId user) => await Get<UserRemover>().RemoveAsync(
        (await Users.GetAsync(user, TestContext.Current.CancellationToken))!, onlyIfUnchanged: false, TestContext.Current.CancellationToken);

    public static MailTransaction NewTransaction(string sender = "sender@friend.test", long? size = null) => new()
    {
        Session = new SessionInfo
        {
            SessionId = "test",
            ClientAddress = IPAddress.Loopback,
            ClientHost = "localhost",
            LhloName = "client.friend.test",
        },
        ReversePath = sender,
        DeclaredSize = size,
    };

    public ValueTask<RecipientVerdict> VerifyAsync(string address, MailTransaction? transaction = null) =>
        Agent.VerifyRecipientAsync(
            transaction ?? NewTransaction(), new ForwardPath(address), TestContext.Current.CancellationToken);

    public Task<DeliveryOutcome[]> DeliverAsync(string message, params string[] recipients) =>
        DeliverAsync(NewTransaction(), Encoding.UTF8.GetBytes(message), recipients);

    public async Task<DeliveryOutcome[]> DeliverAsync(MailTransaction transaction, byte[] message, params string[] recipients)
    {
        var resolved = new List<ResolvedRecipient>();
        foreach (var recipient in recipients)
        {
            var verdict = await VerifyAsync(recipient, transaction);
            Assert.Equal(DeliveryStatus.Accepted, verdict.Status);
            resolved.Add(verdict.Recipient!);
        }

        return await DeliverToAsync(transaction, message, resolved);
    }

    public async Task<DeliveryOutcome[]> DeliverToAsync(
        MailTransaction transaction, byte[] message, IReadOnlyList<ResolvedRecipient> recipients)
    {
        await using var intake = Agent.OpenMessage(transaction, recipients);
        for (var offset = 0; offset < message.Length; offset += 4096)
        {
            await intake.WriteAsync(
                message.AsMemory(offset, Math.Min(4096, message.Length - offset)), TestContext.Current.CancellationToken);
        }

        return await Task.WhenAll(intake.Deliver(TestContext.Current.CancellationToken));
    }

    public async Task<List<BsonDocument>> FindAsync(string collection, string filter = "{}") =>
        await Database.GetCollection<BsonDocument>(collection)
            .Find(new BsonDocumentFilterDefinition<BsonDocument>(BsonDocument.Parse(filter)))
            .ToListAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
