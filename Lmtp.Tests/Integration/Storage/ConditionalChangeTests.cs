using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Lmtp.Tests.Integration.Delivery;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Storage;

/// <summary>
/// What somebody else changes between the look at a thing and its change on condition makes the change fail: the database
/// compares and changes in one operation.
/// </summary>
public sealed class ConditionalChangeTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>, IAsyncLifetime
{
    private DeliveryHost? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DeliveryHost Host => _host!;

    private AddressStore Addresses => Host.Get<AddressStore>();

    private AutoreplyEditor Replies => Host.Get<AutoreplyEditor>();

    public async ValueTask InitializeAsync() =>
        _host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("conditions"));

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    [Fact]
    public async Task Filter_that_was_changed_since_it_was_read_is_not_deleted()
    {
        var editor = Host.Get<FilterEditor>();
        var user = await NewUserAsync();
        var seen = await editor.AddAsync(user, Content("first"), Token);
        await editor.ReplaceAsync(seen, Content("second"), Token);

        Assert.False(await editor.RemoveAsync(seen, onlyIfUnchanged: true, Token));

        var kept = Assert.Single(await editor.ListAsync(user, Token));
        Assert.True(await editor.RemoveAsync(kept, onlyIfUnchanged: true, Token));
    }

    [Fact]
    public async Task Automatic_reply_that_was_changed_since_it_was_read_is_not_deleted()
    {
        var user = await NewUserAsync();
        await Replies.SetAsync(user, new AutoreplyText { IsEnabled = true, Text = "first" }, null, Token);
        var seen = (await Replies.GetAsync(user, Token))!;
        await Replies.SetAsync(user, new AutoreplyText { IsEnabled = true, Text = "second" }, seen, Token);

        Assert.False(await Replies.RemoveAsync(user, seen, Token));

        var kept = (await Replies.GetAsync(user, Token))!;
        Assert.Equal("second", kept.Text);
        Assert.True(await IsMirroredAsync(user));
        Assert.True(await Replies.RemoveAsync(user, kept, Token));
        Assert.False(await IsMirroredAsync(user));
    }

    [Fact]
    public async Task Automatic_reply_that_somebody_else_wrote_with_fewer_fields_can_be_changed_on_condition()
    {
        var user = await NewUserAsync();
        await Host.Get<MailDatabase>().Autoreplies.InsertOneAsync(
            new BsonDocument { { "user", user }, { "status", true }, { "text", "short" }, { "start", BsonNull.Value } }, cancellationToken: Token);
        var seen = (await Replies.GetAsync(user, Token))!;

        Assert.True(await Replies.SetAsync(user, seen with { Text = "longer" }, seen, Token));

        Assert.Equal("longer", (await Replies.GetAsync(user, Token))?.Text);
    }

    [Fact]
    public async Task Of_many_first_automatic_replies_at_the_same_time_one_is_made()
    {
        var user = await NewUserAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Replies.SetAsync(
            user, new AutoreplyText { IsEnabled = true, Text = $"{number}" }, null, Token)));

        Assert.Equal(1, made.Count(isMade => isMade));
        var stored = Assert.Single(await Host.FindAsync("autoreplies"));
        Assert.Equal($"{Array.IndexOf(made, true)}", stored["text"]);
    }

    [Fact]
    public async Task Users_document_says_whether_there_is_a_reply_whoever_changes_it_at_the_same_time()
    {
        var user = await NewUserAsync();
        for (var round = 0; round < 20; round++)
        {
            var seen = await Replies.GetAsync(user, Token);
            await Task.WhenAll(
                Replies.SetAsync(user, new AutoreplyText { IsEnabled = true, Text = $"on {round}" }, seen, Token),
                Replies.SetAsync(user, new AutoreplyText { IsEnabled = false, Text = $"off {round}" }, seen, Token),
                Replies.RemoveAsync(user, null, Token));

            Assert.Equal((await Replies.GetAsync(user, Token))?.IsEnabled ?? false, await IsMirroredAsync(user));
        }
    }

    [Fact]
    public async Task Address_that_became_the_main_one_since_it_was_read_is_not_deleted()
    {
        var (_, _, second) = await NewUserWithTwoAddressesAsync();
        Assert.True(await Addresses.UpdateAsync(second, null, makeMain: true, onlyIfUnchanged: false, Token));

        Assert.False(await Addresses.RemoveAsync(second, onlyIfUnchanged: true, Token));
        Assert.NotNull(await Addresses.GetAsync(second.Id, Token));
    }

    [Fact]
    public async Task Address_that_ceased_to_be_the_main_one_since_it_was_read_is_not_renamed()
    {
        var (_, main, second) = await NewUserWithTwoAddressesAsync();
        Assert.True(await Addresses.UpdateAsync(second, null, makeMain: true, onlyIfUnchanged: false, Token));

        Assert.False(await Addresses.UpdateAsync(main, "Name", makeMain: false, onlyIfUnchanged: true, Token));
        Assert.Null((await Addresses.GetAsync(main.Id, Token))?.Name);
    }

    [Fact]
    public async Task Of_two_who_make_one_address_the_main_one_on_the_same_condition_one_succeeds()
    {
        var (user, _, second) = await NewUserWithTwoAddressesAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Addresses.UpdateAsync(second, null, makeMain: true, onlyIfUnchanged: true, Token)));

        Assert.Equal(1, made.Count(isMade => isMade));
        Assert.Equal(second.Address, (await Host.Users.GetAsync(user, Token))?.Address);
    }

    [Fact]
    public async Task Address_that_is_removed_while_it_becomes_the_main_one_is_not_left_there()
    {
        for (var round = 0; round < 20; round++)
        {
            var (user, _, second) = await NewUserWithTwoAddressesAsync();

            await Task.WhenAll(
                Addresses.UpdateAsync(second, null, makeMain: true, onlyIfUnchanged: false, Token),
                Addresses.RemoveAsync(second, onlyIfUnchanged: false, Token));

            Assert.NotEqual(second.Address, (await Host.Users.GetAsync(user, Token))?.Address);
        }
    }

    [Fact]
    public async Task User_that_was_changed_since_it_was_read_is_not_deleted()
    {
        var id = await NewUserAsync();
        var seen = (await Host.Users.GetAsync(id, Token))!;
        await Host.Users.UpdateAsync(id, new UserChanges { Quota = 5 }, Token);

        Assert.False(await Host.Get<UserRemover>().RemoveAsync(seen, onlyIfUnchanged: true, Token));

        var kept = (await Host.Users.GetAsync(id, Token))!;
        Assert.Empty(await Host.FindAsync("deletedusers"));
        Assert.True(await Host.Get<UserRemover>().RemoveAsync(kept, onlyIfUnchanged: true, Token));
    }

    private static BsonDocument Content(string name) => new()
    {
        { "name", name },
        { "query", new BsonDocument("headers", new BsonDocument("subject", "a")) },
        { "action", new BsonDocument("seen", true) },
    };

    private Task<ObjectId> NewUserAsync() => Host.AddUserAsync($"{EmbeddedMongoFixture.NewName("user")}@example.test");

    private async Task<(ObjectId User, MailAddressEntry Main, MailAddressEntry Second)> NewUserWithTwoAddressesAsync()
    {
        var user = await NewUserAsync();
        var main = Assert.Single(await Addresses.ListAsync(user, Token));
        var added = await Addresses.AddAsync(user, $"{EmbeddedMongoFixture.NewName("second")}@example.test", null, makeMain: false, Token);
        return (user, main, (await Addresses.GetAsync(added.Id, Token))!);
    }

    private async Task<bool> IsMirroredAsync(ObjectId user) =>
        (await Host.FindAsync("users", $"{{ _id: ObjectId('{user}') }}"))[0].IsTrue("autoreply");
}
