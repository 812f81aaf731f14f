using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery;

public sealed class UserStoreTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    [Fact]
    public async Task New_user_has_the_documents_that_WildDuck_makes()
    {
        await using var host = await StartAsync();
        var created = await host.Users.CreateAsync(
            new NewUser { Username = "First.Last", Password = "secret", Name = "First Last", Address = "First.Last@Example.test" },
            TestContext.Current.CancellationToken);

        var user = Assert.Single(await host.FindAsync("users"));
        Assert.Equal(created.Id, user["_id"].AsObjectId);
        Assert.Equal("first.last", user["username"].AsString);
        Assert.Equal("firstlast", user["unameview"].AsString);
        Assert.Equal("first.last@example.test", user["address"].AsString);
        Assert.True(user["activated"].AsBoolean);
        Assert.False(user["disabled"].AsBoolean);
        Assert.True(PasswordHash.Verify("secret", user["password"].AsString));
        Assert.Equal(50, user["spamLevel"].AsInt32);

        var address = Assert.Single(await host.FindAsync("addresses"));
        Assert.Equal("firstlast@example.test", address["addrview"].AsString);
        Assert.False(address.Contains("name"));

        var mailboxes = await host.FindAsync("mailboxes");
        Assert.Equal(["Drafts", "INBOX", "Junk", "Sent Mail", "Trash"], mailboxes.Select(mailbox => mailbox["path"].AsString).Order());
        var inbox = mailboxes.Single(mailbox => mailbox["path"] == "INBOX");
        Assert.Equal(BsonNull.Value, inbox["specialUse"]);
        Assert.Equal(BsonNull.Value, inbox["retention"]);
        var junk = mailboxes.Single(mailbox => mailbox["path"] == "Junk");
        Assert.Equal(new BsonDouble(2592000000), junk["retention"]);
    }

    [Fact]
    public async Task Same_name_or_address_is_refused_and_leaves_nothing()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("first.last@example.test");
        var sameName = await host.Users.CreateAsync(
            new NewUser { Username = "FirstLast", Address = "other@example.test" }, TestContext.Current.CancellationToken);
        Assert.Equal(CreateUserStatus.UsernameTaken, sameName.Status);
        var sameAddress = await host.Users.CreateAsync(
            new NewUser { Username = "other", Address = "firstlast@example.test" }, TestContext.Current.CancellationToken);
        Assert.Equal(CreateUserStatus.AddressTaken, sameAddress.Status);
        Assert.Single(await host.FindAsync("users"));
        Assert.Equal(5, (await host.FindAsync("mailboxes")).Count);
    }

    [Fact]
    public async Task Deleted_user_is_kept_aside_and_its_address_is_free()
    {
        await using var host = await StartAsync();
        var id = await host.AddUserAsync("alice@example.test");
        Assert.True(await host.DeleteUserAsync(id));
        Assert.Empty(await host.FindAsync("users"));
        Assert.Empty(await host.FindAsync("addresses"));
        var deleted = Assert.Single(await host.FindAsync("deletedusers"));
        Assert.Equal("alice@example.test", deleted["deleteInfo"]["mainAddress"].AsString);
        Assert.Equal("user-delete", Assert.Single(await host.FindAsync("tasks"))["task"].AsString);
        await host.AddUserAsync("alice@example.test");
    }

    [Fact]
    public async Task Users_are_listed_page_by_page()
    {
        await using var host = await StartAsync();
        foreach (var name in new[] { "carol", "alice", "bob" })
        {
            await host.AddUserAsync($"{name}@example.test");
        }

        var first = await host.Users.ListAsync(null, null, 2, TestContext.Current.CancellationToken);
        Assert.Equal(["alice", "bob"], first.Items.Select(user => user.Username));
        var second = await host.Users.ListAsync(null, first.NextCursor, 2, TestContext.Current.CancellationToken);
        Assert.Equal(["carol"], second.Items.Select(user => user.Username));
        Assert.Null(second.NextCursor);
    }

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("users"));
}
