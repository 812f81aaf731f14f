using System.Text.Json.Nodes;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>
/// Two users of the same name and settings: mail of the one is delivered by our server, that of the other by WildDuck.
/// Both are made, and changed, through WildDuck's API.
/// </summary>
internal sealed class Twins
{
    private readonly WildDuckSystem _system;
    private readonly string _ours;
    private readonly string _theirs;

    private Twins(WildDuckSystem system, string name, string ours, string theirs)
    {
        _system = system;
        _ours = ours;
        _theirs = theirs;
        Address = $"{name}@example.com";
    }

    public string Address { get; }

    public static async Task<Twins> CreateAsync(WildDuckSystem system, string? name = null)
    {
        await system.RequireAsync();
        name ??= WildDuckSystem.NewName("twin");
        return new Twins(
            system,
            name,
            await system.Served.Api.CreateUserAsync(name, $"{name}@example.com", "A Twin"),
            await system.Reference.Api.CreateUserAsync(name, $"{name}@example.com", "A Twin"));
    }

    /// <summary>Changes both users.</summary>
    public async Task UpdateAsync(JsonObject changes)
    {
        await _system.Served.Api.PutAsync($"users/{_ours}", Copy(changes));
        await _system.Reference.Api.PutAsync($"users/{_theirs}", Copy(changes));
    }

    /// <summary>Adds something that both users have for themselves: a filter, a mailbox.</summary>
    /// <returns>The two ids.</returns>
    public async Task<(string Ours, string Theirs)> AddAsync(string what, JsonObject body) => (
        (string)(await _system.Served.Api.PostAsync($"users/{_ours}/{what}", Copy(body)))["id"]!,
        (string)(await _system.Reference.Api.PostAsync($"users/{_theirs}/{what}", Copy(body)))["id"]!);

    /// <summary>Gives both users a filter that files into a mailbox of theirs.</summary>
    public async Task AddFilterIntoAsync(string path, JsonObject mailbox, JsonObject query)
    {
        mailbox["path"] = path;
        var (ours, theirs) = await AddAsync("mailboxes", mailbox);
        await _system.Served.Api.PostAsync($"users/{_ours}/filters", FilterInto(ours, query));
        await _system.Reference.Api.PostAsync($"users/{_theirs}/filters", FilterInto(theirs, query));
    }

    public async Task SetAutoreplyAsync(JsonObject autoreply)
    {
        await _system.Served.Api.PutAsync($"users/{_ours}/autoreply", Copy(autoreply));
        await _system.Reference.Api.PutAsync($"users/{_theirs}/autoreply", Copy(autoreply));
    }

    /// <summary>Delivers to both; both are to answer alike.</summary>
    public async Task DeliverAsync(byte[] message, string sender = NewMail.Sender)
    {
        var ours = await NewMail.DeliverAsync(_system.Mail.Lmtp, Address, message, sender);
        var theirs = await NewMail.DeliverAsync(_system.Reference.Lmtp, Address, message, sender);
        Assert.True(new CorpusDelivery("", message, ours, theirs).IsAnsweredAlike, $"{ours} / {theirs}");
    }

    /// <summary>Compares everything that the databases hold for the two.</summary>
    /// <param name="messages">How many messages there are to be.</param>
    public async Task AssertSameAsync(int messages)
    {
        var ours = await StoredMail.ReadAsync(_system.Served, _ours);
        var theirs = await StoredMail.ReadAsync(_system.Reference, _theirs);
        Assert.Equal(messages, ours.Messages.Count);
        AssertSame(theirs.ComparableMessages(), ours.ComparableMessages());
        AssertSame(await theirs.MailboxesAsync(), await ours.MailboxesAsync());
        AssertSame(await theirs.JournalAsync(), await ours.JournalAsync());
        AssertSame(await theirs.ThreadsAsync(), await ours.ThreadsAsync());
        AssertSame(await theirs.AddressRegisterAsync(), await ours.AddressRegisterAsync());
        AssertSame(await theirs.AttachmentFilesAsync(), await ours.AttachmentFilesAsync());
        AssertSame([await theirs.UserAsync()], [await ours.UserAsync()]);
    }

    /// <summary>Compares what the two have put into the queue of outgoing mail.</summary>
    /// <param name="entries">How many copies are to go out.</param>
    public async Task AssertSameQueueAsync(int entries)
    {
        var ours = await StoredMail.ReadAsync(_system.Served, _ours);
        var theirs = await StoredMail.ReadAsync(_system.Reference, _theirs);
        var queued = await ours.QueueEntriesAsync();
        Assert.Equal(entries, queued.Count);
        AssertSame(await theirs.QueueEntriesAsync(), queued);
        AssertSame(await theirs.QueueFilesAsync(), await ours.QueueFilesAsync());
        Assert.Equal(await theirs.QueueBodiesAsync(), await ours.QueueBodiesAsync());
    }

    private static void AssertSame(List<BsonDocument> expected, List<BsonDocument> actual)
    {
        if (expected.Count > 0)
        {
            DocumentDifferences.AssertNone(expected, actual);
        }
        else
        {
            Assert.Empty(actual);
        }
    }

    private static JsonObject Copy(JsonObject body) => body.DeepClone().AsObject();

    private static JsonObject FilterInto(string mailbox, JsonObject query) => new()
    {
        ["query"] = query.DeepClone(),
        ["action"] = new JsonObject { ["mailbox"] = mailbox },
    };
}
