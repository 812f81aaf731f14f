using System.Globalization;
using Lmtp.Tests.Integration.WildDuck.Imap;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>
/// What WildDuck's servers make of the mail that our server delivered, beside what they make of the same mail delivered
/// by WildDuck itself.
/// </summary>
[Collection(WildDuckGroup.Name)]
public sealed class ServedCorpusTests(WildDuckSystem system)
{
    private static readonly string[] Searches =
    [
        "ALL", "UNSEEN", "SEEN", "FLAGGED", "DELETED", "DRAFT", "RECENT", "NEW", "OLD", "UID 5:20", "3:9",
        "FROM alice", "FROM \"@example.com\"", "TO user", "CC example", "BCC example", "SUBJECT test", "SUBJECT \"re:\"",
        "HEADER Message-ID example.com", "HEADER List-Id \"\"", "HEADER Reply-To example", "TEXT hello", "BODY hello", "TEXT user",
        "LARGER 20000", "SMALLER 900", "SINCE 1-Jan-2000", "SENTBEFORE 1-Jan-2005", "SENTSINCE 1-Jan-2010", "SENTON 1-Jan-2010",
        "NOT SUBJECT test", "OR SUBJECT test FROM alice", "KEYWORD $Important", "UNKEYWORD $Important", "MODSEQ 100",
        "OR (SUBJECT a LARGER 5000) NOT (FROM b SMALLER 1000)",
    ];

    [Fact]
    public async Task Answers_are_those_of_WildDucks_own_server()
    {
        var corpus = await system.RequireCorpusAsync();
        Assert.All(corpus.Deliveries, delivery => Assert.True(delivery.IsAnsweredAlike, $"{delivery.Name}: {delivery.OurReply} / {delivery.TheirReply}"));
        Assert.Contains(corpus.Deliveries, delivery => delivery.IsStored);
    }

    [Fact]
    public async Task Mailboxes_are_listed_with_the_same_attributes_and_counts()
    {
        var corpus = await system.RequireCorpusAsync();
        await using var ours = await OpenServedAsync();
        await using var theirs = await OpenReferenceAsync();
        foreach (var command in (string[])["LIST \"\" \"*\"", "LSUB \"\" \"*\"", "STATUS INBOX (MESSAGES UNSEEN UIDNEXT HIGHESTMODSEQ)"])
        {
            Assert.Equal(Texts(await theirs.CommandAsync(command)), Texts(await ours.CommandAsync(command)));
        }

        var selected = Texts(await ours.CommandAsync("SELECT INBOX"));
        Assert.Equal(Texts(await theirs.CommandAsync("SELECT INBOX")).Select(WithoutUidValidity), selected.Select(WithoutUidValidity));
        Assert.Contains($"* {corpus.Stored.Count} EXISTS", selected);

        static string WithoutUidValidity(string line) => line.StartsWith("* OK [UIDVALIDITY", StringComparison.Ordinal) ? "" : line;
    }

    [Fact]
    public async Task Every_message_is_described_alike()
    {
        const string Attributes = "UID FLAGS MODSEQ RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (SUBJECT RETURN-PATH DELIVERED-TO)]";
        var corpus = await system.RequireCorpusAsync();
        await using var ours = await OpenServedAsync("EXAMINE INBOX");
        await using var theirs = await OpenReferenceAsync("EXAMINE INBOX");
        var served = await ours.FetchAsync("1:*", Attributes);
        var expected = await theirs.FetchAsync("1:*", Attributes);
        Assert.Equal(expected.Keys, served.Keys);
        Assert.Equal(corpus.Stored.Count, served.Count);
        Assert.Empty(corpus.Different(uid => Line(expected[uid]) == Line(served[uid])));
    }

    [Fact]
    public async Task Every_message_and_every_part_of_it_has_the_same_bytes()
    {
        var corpus = await system.RequireCorpusAsync();
        await using var ours = await OpenServedAsync("EXAMINE INBOX");
        await using var theirs = await OpenReferenceAsync("EXAMINE INBOX");
        var structures = await ours.FetchAsync("1:*", "BODYSTRUCTURE");
        var parts = 0;
        var equal = new HashSet<long>();
        foreach (var (uid, attributes) in structures)
        {
            var sections = BodySections.Of(attributes["BODYSTRUCTURE"]);
            var wanted = string.Join(' ', sections.Select(section => $"BODY.PEEK[{section}]").Append("RFC822.SIZE"));
            var fetched = await Task.WhenAll(ours.FetchAsync($"{uid}", wanted), theirs.FetchAsync($"{uid}", wanted));
            if (Line(fetched[1][uid]) == Line(fetched[0][uid]))
            {
                equal.Add(uid);
                parts += sections.Count;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{equal.Count} messages, {parts} sections of them: all equal.");
        Assert.Empty(corpus.Different(equal.Contains));
    }

    [Fact]
    public async Task Searches_find_the_same_messages()
    {
        await system.RequireCorpusAsync();
        await using var ours = await OpenServedAsync("EXAMINE INBOX");
        await using var theirs = await OpenReferenceAsync("EXAMINE INBOX");
        var found = 0;
        foreach (var search in Searches)
        {
            var uids = await ours.SearchAsync(search);
            Assert.True((await theirs.SearchAsync(search)).SequenceEqual(uids), search);
            found += uids.Count > 0 ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Searches.Length} searches, {found} of which find something.");
        Assert.True(found > Searches.Length / 2);
    }

    [Fact]
    public async Task Pop3_gives_the_messages_that_imap_gives()
    {
        await system.RequireCorpusAsync();
        await using var imap = await OpenServedAsync("EXAMINE INBOX");
        var messages = await imap.FetchAsync("1:*", "RFC822.SIZE BODY.PEEK[]");
        await using var ours = await Pop3Client.LoginAsync(system.Served.Pop3, DeliveredCorpus.Username, WildDuckApi.Password);
        await using var theirs = await Pop3Client.LoginAsync(system.Reference.Pop3, DeliveredCorpus.Username, WildDuckApi.Password);
        var list = await ours.ListAsync();
        Assert.Equal(await theirs.ListAsync(), list);
        Assert.Equal(messages.Values.Select(message => message["RFC822.SIZE"].ToString()), list.Select(entry => $"{entry.Size}"));
        foreach (var ((number, _), message) in list.Zip(messages.Values))
        {
            var retrieved = await Task.WhenAll(ours.RetrieveAsync(number), theirs.RetrieveAsync(number));
            Assert.Equal(retrieved[1], retrieved[0]);
            AssertCutOrPadded(((ImapString)message["BODY[]"]).Bytes, retrieved[0], number);
        }
    }

    [Fact]
    public async Task Message_views_of_the_api_are_the_same()
    {
        var corpus = await system.RequireCorpusAsync();
        var (ours, theirs) = (await InboxAsync(system.Served, corpus.ServedUser), await InboxAsync(system.Reference, corpus.ReferenceUser));
        var different = new HashSet<long>();
        for (var uid = 1; uid <= corpus.Stored.Count; uid++)
        {
            var views = await Task.WhenAll(
                system.Served.Api.GetAsync($"{ours}/messages/{uid}"), system.Reference.Api.GetAsync($"{theirs}/messages/{uid}"));
            if (MessageView.Comparable(views[1]) != MessageView.Comparable(views[0]))
            {
                different.Add(uid);
            }
        }

        Assert.Empty(corpus.Different(uid => !different.Contains(uid)));
    }

    [Fact]
    public async Task Sources_and_attachments_of_the_api_are_the_same()
    {
        var corpus = await system.RequireCorpusAsync();
        var (ours, theirs) = (await InboxAsync(system.Served, corpus.ServedUser), await InboxAsync(system.Reference, corpus.ReferenceUser));
        var count = corpus.Stored.Count;
        var attachments = 0;
        for (var uid = 1; uid <= count; uid++)
        {
            await AssertSameBytesAsync($"{ours}/messages/{uid}/message.eml", $"{theirs}/messages/{uid}/message.eml");
            var view = await system.Served.Api.GetAsync($"{ours}/messages/{uid}");
            foreach (var attachment in view["attachments"]?.AsArray() ?? [])
            {
                var id = (string)attachment!["id"]!;
                await AssertSameBytesAsync($"{ours}/messages/{uid}/attachments/{id}", $"{theirs}/messages/{uid}/attachments/{id}");
                attachments++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{count} sources, {attachments} attachments: all equal.");
    }

    private async Task AssertSameBytesAsync(string ours, string theirs)
    {
        var bytes = await Task.WhenAll(system.Served.Api.GetBytesAsync(ours), system.Reference.Api.GetBytesAsync(theirs));
        Assert.True(bytes[0].AsSpan().SequenceEqual(bytes[1]), ours);
    }

    private static async Task<string> InboxAsync(WildDuckServer server, string user)
    {
        var mailboxes = await server.Api.GetAsync($"users/{user}/mailboxes");
        return $"users/{user}/mailboxes/{(string)mailboxes["results"]!.AsArray().Single(mailbox => (string)mailbox!["path"]! == "INBOX")!["id"]!}";
    }

    // POP3 sends what there is and ends it with a line end; IMAP cuts or pads it to the size it has announced.
    private static void AssertCutOrPadded(byte[] imap, byte[] pop3, int number)
    {
        var same = imap.AsSpan().CommonPrefixLength(pop3);
        var isCut = same == imap.Length;
        var isPadded = imap.AsSpan(same).IndexOfAnyExcept((byte)' ') < 0 && pop3.AsSpan(same) is [] or [(byte)'\r', (byte)'\n'];
        Assert.True(
            isCut || isPadded,
            string.Create(CultureInfo.InvariantCulture, $"Message {number}: IMAP and POP3 differ at {same} of {imap.Length} and {pop3.Length}."));
    }

    private static string Line(IReadOnlyDictionary<string, ImapValue> attributes) =>
        string.Join('\n', attributes.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key} {item.Value}"));

    private static List<string> Texts(IEnumerable<ImapResponse> responses) =>
    [
        .. responses.Select(response => response.Values.Count == 0
            ? response.Text
            : $"{response.Tag} {response.Number} {response.Name} {ImapValue.Write(response.Values)}"),
    ];

    private Task<ImapClient> OpenServedAsync(string? command = null) => OpenAsync(system.Served, command);

    private Task<ImapClient> OpenReferenceAsync(string? command = null) => OpenAsync(system.Reference, command);

    private static async Task<ImapClient> OpenAsync(WildDuckServer server, string? command)
    {
        var client = await ImapClient.LoginAsync(server.Imap, DeliveredCorpus.Username, WildDuckApi.Password);
        if (command is not null)
        {
            await client.CommandAsync(command);
        }

        return client;
    }
}
