using System.Text;
using System.Text.Json.Nodes;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>What filters, spam level, forwards and replies make of a message, at our server and at WildDuck's.</summary>
[Collection(WildDuckGroup.Name)]
public sealed class DecisionTests(WildDuckSystem system)
{
    private static readonly JsonObject FromAlice = new() { ["from"] = "alice@example.net" };

    [Fact]
    public async Task Filter_that_marks_as_seen_and_flagged()
    {
        var twins = await Twins.CreateAsync(system);
        await twins.AddAsync("filters", Filter(FromAlice, new() { ["seen"] = true, ["flag"] = true }));
        await DeliverOneAsync(twins);
    }

    [Fact]
    public async Task Filter_into_a_mailbox_that_keeps_for_a_day()
    {
        var twins = await Twins.CreateAsync(system);
        await twins.AddFilterIntoAsync("Work/Kept", new() { ["retention"] = 86_400_000 }, FromAlice);
        await DeliverOneAsync(twins);
    }

    [Fact]
    public async Task Filter_that_calls_it_spam()
    {
        var twins = await Twins.CreateAsync(system);
        await twins.AddAsync("filters", Filter(FromAlice, new() { ["spam"] = true }));
        await DeliverOneAsync(twins);
    }

    [Fact]
    public async Task Several_filters_that_match()
    {
        var twins = await Twins.CreateAsync(system);
        await twins.AddAsync("filters", Filter(new() { ["subject"] = "decided" }, new() { ["seen"] = true }));
        await twins.AddAsync("filters", Filter(new() { ["text"] = "words" }, new() { ["flag"] = true, ["seen"] = false }));
        await twins.AddAsync("filters", Filter(new() { ["ha"] = true }, new() { ["spam"] = false }));
        await twins.AddAsync("filters", Filter(new() { ["size"] = 1_000_000 }, new() { ["delete"] = true }));
        await DeliverOneAsync(twins);
    }

    [Fact]
    public async Task Filter_that_drops()
    {
        var twins = await Twins.CreateAsync(system);
        await twins.AddAsync("filters", Filter(FromAlice, new() { ["delete"] = true }));
        await twins.DeliverAsync(NewMail.Create("decided"));
        await twins.AssertSameAsync(messages: 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Spam_level(int level)
    {
        var twins = await Twins.CreateAsync(system);
        await twins.UpdateAsync(new() { ["spamLevel"] = level });
        await DeliverOneAsync(twins);
    }

    [Fact]
    public async Task Message_that_comes_twice()
    {
        var twins = await Twins.CreateAsync(system);
        var message = NewMail.Create("decided");
        await twins.DeliverAsync(message);
        await twins.DeliverAsync([.. "X-Way: another\r\n"u8, .. message]);
        await twins.AssertSameAsync(messages: 1);
    }

    [Fact]
    public async Task Replies_in_a_thread()
    {
        var twins = await Twins.CreateAsync(system);
        var first = NewMail.Create("a thread");
        var id = Encoding.ASCII.GetString(first).Split("Message-ID: ")[1].Split("\r\n")[0];
        await twins.DeliverAsync(first);
        await twins.DeliverAsync(NewMail.Create($"Re: a thread\r\nReferences: {id}\r\nIn-Reply-To: {id}"));
        await twins.DeliverAsync(NewMail.Create($"Another subject\r\nReferences: {id}"));
        await twins.AssertSameAsync(messages: 3);
    }

    [Theory]
    [InlineData("friend@elsewhere.example")]
    [InlineData("smtp://user:secret@relay.example:2525")]
    [InlineData("https://hook.example/mail?key=1")]
    public async Task Forward_of_a_user(string target)
    {
        var twins = await Twins.CreateAsync(system);
        await twins.UpdateAsync(new() { ["targets"] = new JsonArray(target) });
        await DeliverOneAsync(twins);
        await twins.AssertSameQueueAsync(entries: 1);
    }

    [Fact]
    public async Task Forward_of_a_filter_that_also_drops()
    {
        var twins = await Twins.CreateAsync(system);
        await twins.AddAsync("filters", Filter(FromAlice, new() { ["delete"] = true, ["targets"] = new JsonArray("a@one.example", "b@two.example") }));
        await twins.DeliverAsync(NewMail.Create("decided"));
        await twins.AssertSameAsync(messages: 0);
        await twins.AssertSameQueueAsync(entries: 2);
    }

    [Fact]
    public async Task Spam_is_not_forwarded()
    {
        var twins = await Twins.CreateAsync(system);
        await twins.UpdateAsync(new() { ["targets"] = new JsonArray("friend@elsewhere.example"), ["spamLevel"] = 0 });
        await DeliverOneAsync(twins);
        await twins.AssertSameQueueAsync(entries: 0);
    }

    [Fact]
    public async Task Reply_of_someone_absent_goes_out_once()
    {
        var twins = await Twins.CreateAsync(system);
        await twins.SetAutoreplyAsync(new() { ["status"] = true, ["subject"] = "Away", ["text"] = "I am away.", ["name"] = "Twin" });
        await twins.DeliverAsync(NewMail.Create("decided"));
        await twins.DeliverAsync(NewMail.Create("decided again"));
        await twins.AssertSameAsync(messages: 2);
        await twins.AssertSameQueueAsync(entries: 1);
    }

    private static async Task DeliverOneAsync(Twins twins)
    {
        await twins.DeliverAsync(NewMail.Create("decided"));
        await twins.AssertSameAsync(messages: 1);
    }

    private static JsonObject Filter(JsonObject query, JsonObject action) => new() { ["query"] = query.DeepClone(), ["action"] = action };
}
