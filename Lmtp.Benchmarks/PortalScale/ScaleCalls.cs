using System.Globalization;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>What people ask for.</summary>
internal static class ScaleCalls
{
    private const int Someone = 4_321;
    private const int SomeMessage = 5_321;

    /// <summary>The questions to the HTTP API.</summary>
    public static IEnumerable<(string Name, string Path)> OfApi(ScaleSeed seed)
    {
        var user = $"api/v1/users/{seed.FirstUser}";
        var day = DateTimeOffset.UtcNow.AddDays(-10);
        return
        [
            ("users: first page", "api/v1/users"),
            ("users: the beginning of 250 names", "api/v1/users?search=anna.b"),
            ("users: the beginning of no name", "api/v1/users?search=nobody"),
            ("users: a part of one address", $"api/v1/users?contains={Middle()}"),
            ("users: a part of every twentieth address", "api/v1/users?contains=becker"),
            ("users: a part of no address", "api/v1/users?contains=nobody"),
            ("one user", user),
            ("its addresses", $"{user}/addresses"),
            ("its mailboxes, 100,000 messages", $"{user}/mailboxes"),
            ("newest messages of its INBOX", $"{user}/mailboxes/{seed.FirstInbox}/messages"),
            ("one message", $"{user}/messages/{seed.NewestMessages[0]}"),
            .. OfSearch(seed).Select(search => (search.Name, $"{user}/messages/search?{search.Query}")),
            ("its filters", $"{user}/filters"),
            ("deliveries: first page", "api/v1/deliveries"),
            ("deliveries: recipient", $"api/v1/deliveries?recipient={Text(ScaleNames.Address(Someone))}"),
            ("deliveries: sender", $"api/v1/deliveries?sender={Text(ScaleNames.Sender(Someone))}"),
            ("deliveries: sender of every tenth message", $"api/v1/deliveries?sender={Text(ScaleNames.FrequentSender)}"),
            ("deliveries: that sender to one recipient", $"api/v1/deliveries?sender={Text(ScaleNames.FrequentSender)}&recipient={Text(ScaleNames.Address(Someone - 1))}"),
            ("deliveries: queue id", $"api/v1/deliveries?queueId={ScaleNames.QueueId(SomeMessage)}"),
            ("deliveries: Message-ID", $"api/v1/deliveries?messageId={Text(ScaleNames.MessageId(SomeMessage))}"),
            ("deliveries: one hour, ten days ago", $"api/v1/deliveries?from={Time(day)}&before={Time(day.AddHours(1))}"),
            ("deliveries: frequent outcome", "api/v1/deliveries?outcome=stored"),
            ("deliveries: rare outcome", "api/v1/deliveries?outcome=mailbox_disabled"),
            ("deliveries: rare outcome, one hour, ten days ago", $"api/v1/deliveries?outcome=mailbox_disabled&from={Time(day)}&before={Time(day.AddHours(1))}"),
            ("deliveries: outcome that never was", "api/v1/deliveries?outcome=forwarding_loop"),
            ("deliveries: rare outcome of one sender", $"api/v1/deliveries?outcome=mailbox_disabled&sender={Text(ScaleNames.FrequentSender)}"),
            ("deliveries: user", $"api/v1/deliveries?user={seed.FirstUser}"),
            ("one delivery", $"api/v1/deliveries/{seed.SomeEntry}"),
            ("statistics: an hour", "api/v1/statistics"),
            ("statistics: thirty days", $"api/v1/statistics?from={Time(DateTimeOffset.UtcNow.AddDays(-30))}"),
            ("statistics: now", "api/v1/statistics/current"),
            ("server", "api/v1/server"),
        ];
    }

    /// <summary>A change of flags of as many messages as one request may name.</summary>
    public static (string Path, Func<int, object> Body) BulkChange(ScaleSeed seed) => (
        $"api/v1/users/{seed.FirstUser}/mailboxes/{seed.FirstInbox}/messages/flags",
        call => new { messages = seed.NewestMessages.Select(id => id.ToString()), flagged = call % 2 == 0 });

    // In one mailbox, as the portal asks, but for the last.
    private static IEnumerable<(string Name, string Query)> OfSearch(ScaleSeed seed)
    {
        var time = DateTimeOffset.UtcNow.AddDays(-100);
        (string Name, string Query)[] searches =
        [
            ("frequent word", $"q={ScaleMessages.FrequentWord}"),
            ("rare word", $"q={ScaleMessages.RareWord}"),
            ("word of no message", "q=unicorn"),
            ("two words", "q=invoice+-meeting"),
            ("sender of every tenth", "from=news%40mailing"),
            ("sender of every 400th", "from=friend123.test"),
            ("sender of none", "from=nobody%40nowhere"),
            ("subject of every 20th", "subject=invoice"),
            ("subject of one", "subject=54321"),
            ("a day, 100 days ago", $"since={Time(time)}&until={Time(time.AddDays(1))}"),
            ("size of few", "minSize=4000"),
            ("size of none", "minSize=1000000"),
            ("unread", "unseen=true"),
            ("flagged", "flagged=true"),
            ("with attachments, of which there are none", "attachments=true"),
            ("read and of one sender", "unseen=false&from=friend123.test"),
        ];
        return searches
            .Select(search => ($"search: {search.Name}", $"mailbox={seed.FirstInbox}&{search.Query}"))
            .Append(("search in all mailboxes: rare word", $"q={ScaleMessages.RareWord}"))
            .Append(("search in all mailboxes: sender of none", "from=nobody%40nowhere"));
    }

    /// <summary>The pages of the portal, as a browser gets them first.</summary>
    public static IEnumerable<(string Name, string Path)> OfPortal(ScaleSeed seed) =>
    [
        ("overview", "/"),
        ("users", "users"),
        ("users: the beginning of 250 names", "users?search=anna.b"),
        ("users: a part of one address", $"users?search={Middle()}"),
        ("one user", $"users/{seed.FirstUser}"),
        ("its mailboxes and messages", $"users/{seed.FirstUser}/mail"),
        ("one message", $"users/{seed.FirstUser}/messages/{seed.NewestMessages[0]}"),
        ("its filters", $"users/{seed.FirstUser}/filters"),
        ("a new filter", $"users/{seed.FirstUser}/filters/new"),
        ("import of users", "users/import"),
        ("recalculation of storage", "users/storage"),
        ("limits", "limits"),
        ("domains and aliases", "addresses"),
        ("API keys", "keys"),
        ("audit log", "audit"),
        ("profile", "profile"),
        ("delivery log", "deliveries"),
        ("delivery log: recipient", $"deliveries?recipient={Text(ScaleNames.Address(Someone))}"),
        ("one delivery", $"deliveries/{seed.SomeEntry}"),
        ("server", "server"),
        ("tools", "tools"),
        ("accounts", "accounts"),
    ];

    // The end of a name and its number, as somebody remembers a part of an address.
    private static string Middle()
    {
        var name = ScaleNames.Username(Someone);
        return name[(name.IndexOf('.', StringComparison.Ordinal) + 2)..];
    }

    private static string Text(string text) => Uri.EscapeDataString(text);

    private static string Time(DateTimeOffset time) => Text(time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
}
