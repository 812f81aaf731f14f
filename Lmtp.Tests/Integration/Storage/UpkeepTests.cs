using Lmtp.Server.Delivery;
using Lmtp.Server.Storage.Changes;
using Lmtp.Server.Storage.Upkeep;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Unit.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Storage;

public sealed class UpkeepTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string WithAttachment =
        "Subject: files\r\nContent-Type: multipart/mixed; boundary=BB\r\n\r\n" +
        "--BB\r\nContent-Type: text/plain\r\n\r\ntext\r\n" +
        "--BB\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a\r\n\r\nsame bytes\r\n" +
        "--BB\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=b\r\n\r\nsame bytes\r\n" +
        "--BB--\r\n";

    private static readonly FilterDefinition<BsonDocument> Everything = FilterDefinition<BsonDocument>.Empty;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expired_message_goes_to_the_archive_and_keeps_its_attachments()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var kept = await DeliverAsync(host, "kept");
        var expired = await DeliverAsync(host, "expired");
        await ExpireAsync(host, expired, TimeSpan.Zero);

        await RunAsync(host);

        Assert.Equal(kept, Assert.Single(await host.FindAsync("messages"))["_id"]);
        var archived = Assert.Single(await host.FindAsync("archived"));
        Assert.Equal(expired, archived["_id"]);
        Assert.True(archived["exp"].AsBoolean);
        var until = DateTimeOffset.FromUnixTimeMilliseconds((long)archived["rdate"].AsDouble);
        Assert.InRange(until - DateTimeOffset.UtcNow, TimeSpan.FromDays(24), TimeSpan.FromDays(25));
        await AssertCountsAsync(host, references: 4);
    }

    [Fact]
    public async Task Removal_is_announced_in_the_journal()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var expired = await DeliverAsync(host, "expired");
        await ExpireAsync(host, expired, TimeSpan.Zero);

        await RunAsync(host);

        var entry = Assert.Single(await host.FindAsync("journal", "{ command: 'EXPUNGE' }"));
        var inbox = (await host.FindAsync("mailboxes", "{ path: 'INBOX' }")).Single();
        Assert.Equal(expired, entry["message"]);
        Assert.Equal(1, entry["uid"].AsInt32);
        Assert.Equal(3, entry["modseq"].AsInt32);
        Assert.Equal(3, inbox["modifyIndex"].AsInt32);
        Assert.Equal(2, inbox["uidNext"].AsInt32);
        Assert.True(entry["unseen"].AsBoolean);
        Assert.Equal(inbox["_id"], entry["mailbox"]);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(60_000, 1)]
    public async Task Message_stays_until_its_time(int millisecondsLeft, int left)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await ExpireAsync(host, await DeliverAsync(host, "message"), TimeSpan.FromMilliseconds(millisecondsLeft));
        await RunAsync(host);
        Assert.Equal(left, (await host.FindAsync("messages")).Count);
    }

    [Fact]
    public async Task Archived_message_gives_its_references_back_when_its_time_is_over()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await ExpireAsync(host, await DeliverAsync(host, "expired"), TimeSpan.Zero);
        await RunAsync(host);
        await host.Database.GetCollection<BsonDocument>("archived").UpdateManyAsync(
            Everything, Builders<BsonDocument>.Update.Set("rdate", 1d), cancellationToken: Token);

        await RunAsync(host);

        Assert.Empty(await host.FindAsync("archived"));
        await AssertCountsAsync(host, references: 0);
    }

    [Theory]
    [InlineData(23, 1)]
    [InlineData(25, 0)]
    public async Task Attachment_without_references_goes_after_a_day(int hours, int left)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await DeliverAsync(host, "message");
        await host.Database.GetCollection<BsonDocument>("attachments.files").UpdateManyAsync(
            Everything,
            Builders<BsonDocument>.Update.Set("metadata.c", 0).Set("metadata.m", 0)
                .Set("metadata.cu", DateTime.UtcNow.AddHours(-hours)).Unset("lmtp"),
            cancellationToken: Token);

        await RunAsync(host);

        Assert.Equal(left, (await host.FindAsync("attachments.files")).Count);
        Assert.Equal(left, (await host.FindAsync("attachments.chunks")).Count);
    }

    [Theory]
    [InlineData("{ 'metadata.c': 1 }")]
    [InlineData("{ 'metadata.m': 57005 }")]
    [InlineData("{ 'lmtp.pending': [1] }")]
    public async Task Attachment_that_is_counted_in_any_way_stays(string fields)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await DeliverAsync(host, "message");
        var counted = new BsonDocument
        {
            { "metadata.c", 0 }, { "metadata.m", 0 }, { "metadata.cu", DateTime.UtcNow.AddDays(-9) }, { "lmtp.pending", new BsonArray() },
        };
        counted.Merge(BsonDocument.Parse(fields), overwriteExistingElements: true);
        await host.Database.GetCollection<BsonDocument>("attachments.files").UpdateManyAsync(
            Everything, new BsonDocumentUpdateDefinition<BsonDocument>(new BsonDocument("$set", counted)), cancellationToken: Token);

        await RunAsync(host);

        Assert.Single(await host.FindAsync("attachments.files"));
        Assert.Single(await host.FindAsync("attachments.chunks"));
    }

    [Fact]
    public async Task Deleted_user_is_cleaned_up_and_the_messages_follow_for_good()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.AddUserAsync("bob@example.test");
        await DeliverAsync(host, "message");
        await host.DeleteUserAsync(user);

        await RunAsync(host);
        Assert.Empty(await host.FindAsync("tasks"));
        Assert.Empty(await host.FindAsync("deletedusers"));
        Assert.Equal(5, (await host.FindAsync("mailboxes")).Count);
        var message = Assert.Single(await host.FindAsync("messages"));
        Assert.True(message["userDeleted"].AsBoolean);
        var until = DateTimeOffset.FromUnixTimeMilliseconds((long)message["rdate"].AsDouble);
        Assert.InRange(until - DateTimeOffset.UtcNow, TimeSpan.FromDays(13), TimeSpan.FromDays(14));

        await ExpireAsync(host, message["_id"], TimeSpan.Zero);
        await RunAsync(host);
        Assert.Empty(await host.FindAsync("messages"));
        Assert.Empty(await host.FindAsync("archived"));
        var file = Assert.Single(await host.FindAsync("attachments.files"));
        Assert.Equal(0, file["metadata"]["c"].ToInt32());
        Assert.Equal(0, file["metadata"]["m"].ToInt64());
    }

    [Fact]
    public async Task Entries_that_an_index_would_expire_go_also_without_it()
    {
        await using var host = await StartAsync();
        foreach (var (collection, field, hours) in new[] { ("journal", "created", 4), ("threads", "updated", 24 * 181) })
        {
            await host.Database.GetCollection<BsonDocument>(collection).InsertManyAsync(
                [
                    new BsonDocument { { "_id", "old" }, { field, DateTime.UtcNow.AddHours(-hours) } },
                    new BsonDocument { { "_id", "new" }, { field, DateTime.UtcNow } },
                ],
                cancellationToken: Token);
        }

        await RunAsync(host);
        Assert.Equal("new", Assert.Single(await host.FindAsync("journal"))["_id"].AsString);
        Assert.Equal("new", Assert.Single(await host.FindAsync("threads"))["_id"].AsString);
    }

    [Fact]
    public async Task Batch_that_a_crash_cut_off_is_completed_and_counted_once()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var expired = await DeliverAsync(host, "expired");
        await ExpireAsync(host, expired, TimeSpan.Zero);
        var message = RemovableMessage.From(Assert.Single(await host.FindAsync("messages")));

        // As far as a run came: noted, counted, removed.
        await host.Get<UpkeepIntents>().WriteAsync("expired-messages", [message.ToBson()], Token);
        await host.Get<RemovalCounts>().SubtractSizeAsync(message, Token);
        await host.Database.GetCollection<BsonDocument>("messages").DeleteManyAsync(Everything, Token);
        await RunAsync(host);

        Assert.Single(await host.FindAsync("journal", "{ command: 'EXPUNGE' }"));
        var user = Assert.Single(await host.FindAsync("users"));
        Assert.Equal(0, user["storageUsed"].ToInt64());
        Assert.DoesNotContain(expired, user["lmtp"]["pending"].AsBsonArray);
    }

    [Fact]
    public async Task Message_that_its_owner_deleted_after_a_crash_is_counted_once()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        var expired = await DeliverAsync(host, "expired");
        await ExpireAsync(host, expired, TimeSpan.Zero);
        var noted = RemovableMessage.From(Assert.Single(await host.FindAsync("messages")));

        // As far as a run came: noted and counted.
        await host.Get<UpkeepIntents>().WriteAsync("expired-messages", [noted.ToBson()], Token);
        await host.Get<RemovalCounts>().SubtractSizeAsync(noted, Token);
        Assert.NotNull(await host.Get<MessageRemover>().RemoveAsync(user, expired.AsObjectId, modseq: null, Token));
        await RunAsync(host);

        Assert.Single(await host.FindAsync("archived"));
        Assert.Single(await host.FindAsync("journal", "{ command: 'EXPUNGE' }"));
        await AssertCountsAsync(host, references: 2);
    }

    [Fact]
    public async Task Message_that_its_owner_moved_before_the_removal_counts_on()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var id = await DeliverAsync(host, "moved");
        await ExpireAsync(host, id, TimeSpan.Zero);
        var noted = RemovableMessage.From(Assert.Single(await host.FindAsync("messages")));
        await host.Database.GetCollection<BsonDocument>("messages").UpdateManyAsync(
            Everything, Builders<BsonDocument>.Update.Set("mailbox", ObjectId.GenerateNewId()).Set("exp", false), cancellationToken: Token);
        await host.Get<UpkeepIntents>().WriteAsync("expired-messages", [noted.ToBson()], Token);

        await RunAsync(host);

        Assert.Single(await host.FindAsync("messages"));
        Assert.Empty(await host.FindAsync("archived"));
        await AssertCountsAsync(host, references: 2);
    }

    [Fact]
    public async Task Only_one_of_several_servers_runs_it()
    {
        var database = EmbeddedMongoFixture.NewName("upkeep");
        await using var first = await DeliveryHost.StartAsync(mongo, database);
        await using var second = await DeliveryHost.StartAsync(mongo, database);
        Assert.True(await first.Get<UpkeepLease>().TryHoldAsync(Token));
        Assert.False(await second.Get<UpkeepService>().RunAsync(Token));
        await first.Get<UpkeepLease>().ReleaseAsync(Token);
        Assert.True(await second.Get<UpkeepService>().RunAsync(Token));
    }

    [Fact]
    public async Task It_runs_by_itself_where_it_is_switched_on()
    {
        await using var host = await DeliveryHost.StartAsync(
            mongo,
            EmbeddedMongoFixture.NewName("upkeep"),
            ("Lmtp:Storage:Upkeep", "true"),
            ("Lmtp:Storage:UpkeepInterval", "00:00:01"));
        await host.AddUserAsync("alice@example.test");
        await ExpireAsync(host, await DeliverAsync(host, "expired"), TimeSpan.Zero);
        await Eventually.TrueAsync(async () => (await host.FindAsync("archived")).Count == 1);
    }

    [Fact]
    public async Task It_begins_when_it_is_switched_on_and_not_before()
    {
        var time = new ManualTimeProvider();
        var task = new CountingTask();
        await using var host = await DeliveryHost.StartAsync(
            mongo,
            EmbeddedMongoFixture.NewName("upkeep"),
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Services.AddSingleton<IUpkeepTask>(task);
            },
            ("Lmtp:Storage:CreateIndexes", "false"));
        await Eventually.TrueAsync(() => time.IsWaiting(TimeSpan.FromMinutes(15)));
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(0, task.Calls);

        var configuration = host.Get<IConfiguration>();
        configuration["Lmtp:Storage:Upkeep"] = "true";
        ((IConfigurationRoot)configuration).Reload();

        // Two ticks that come before the first is looked at are one.
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(15));
            return task.Calls > 0;
        });
    }

    private static async Task RunAsync(DeliveryHost host) =>
        Assert.True(await host.Get<UpkeepService>().RunAsync(Token));

    private static async Task<BsonValue> DeliverAsync(DeliveryHost host, string name)
    {
        var outcome = Assert.Single(await host.DeliverAsync($"Message-ID: <{name}@friend.test>\r\n{WithAttachment}", "alice@example.test"));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        return ObjectId.Parse(outcome.MessageId);
    }

    private static Task<UpdateResult> ExpireAsync(DeliveryHost host, BsonValue message, TimeSpan left) =>
        host.Database.GetCollection<BsonDocument>("messages").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", message),
            Builders<BsonDocument>.Update.Set("exp", true)
                .Set("rdate", (double)(DateTimeOffset.UtcNow + left).ToUnixTimeMilliseconds()),
            cancellationToken: Token);

    private static async Task AssertCountsAsync(DeliveryHost host, int references)
    {
        var messages = await host.FindAsync("messages");
        var user = Assert.Single(await host.FindAsync("users"));
        Assert.Equal(messages.Sum(message => message["size"].ToInt64()), user["storageUsed"].ToInt64());
        var file = Assert.Single(await host.FindAsync("attachments.files"));
        Assert.Equal(references, file["metadata"]["c"].ToInt32());
        Assert.Equal(
            messages.Concat(await host.FindAsync("archived")).Sum(message => 2 * message["magic"].ToInt64()),
            file["metadata"]["m"].ToInt64());
    }

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("upkeep"));

    private sealed class CountingTask : IUpkeepTask
    {
        private int _calls;

        public string Name => "counting";

        public int Calls => Volatile.Read(ref _calls);

        public Task<int> RunBatchAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult(0);
        }
    }
}
