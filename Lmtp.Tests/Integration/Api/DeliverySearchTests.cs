using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Everything that the delivery log is searched by, as a request names it.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class DeliverySearchTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivery_is_found_by_each_thing_that_is_known_of_it_and_not_by_another()
    {
        var mark = ApiSystem.NewName("mark");
        var user = await system.NewUserAsync();
        await DeliverAsync(user.Address, mark);
        var entry = await FindAsync(user);

        (string Right, string Wrong)[] searches =
        [
            ($"recipient={user.Address}", "recipient=other@api.test"),
            ($"sender={mark}@example.org", "sender=other@example.org"),
            ($"queueId={mark}", "queueId=other"),
            ($"messageId=%3C{mark}@example.org%3E", "messageId=%3Cother@example.org%3E"),
            ($"messageId={mark}@example.org", "messageId=other@example.org"),
            ($"session={entry.Session}", "session=other"),
            ($"user={user.Id}", "user=0123456789abcdef01234567"),
            ("outcome=stored", "outcome=dropped"),
            ("outcome=dropped&outcome=stored", "outcome=dropped&outcome=deferred"),
            ($"from={Text(entry.Time)}", $"from={Text(entry.Time.AddMilliseconds(1))}"),
            ($"before={Text(entry.Time.AddMilliseconds(1))}", $"before={Text(entry.Time)}"),
        ];
        foreach (var (right, wrong) in searches)
        {
            Assert.Equal((right, 1), (right, await CountAsync(user, right)));
            Assert.Equal((wrong, 0), (wrong, await CountAsync(user, wrong)));
        }
    }

    private static string Text(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>How many deliveries to a user a search finds: those of other tests are none of its business.</summary>
    private async Task<int> CountAsync(UserResponse user, string query)
    {
        var page = await system.Http.GetFromJsonAsync(
            $"/api/v1/deliveries?{query}&limit=250", LmtpJsonContext.Default.PageResponseDeliverySummaryResponse, Token);
        return page!.Items.Count(item => item.User == user.Id);
    }

    private async Task DeliverAsync(string address, string mark)
    {
        var message = $"""
            Received: from mx.example.org by relay.example.test with ESMTPS id {mark}; Mon, 06 May 2024 12:34:56 +0300
            Message-ID: <{mark}@example.org>
            Subject: x

            Text

            """.ReplaceLineEndings("\r\n");
        await using var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token);
        await client.DeliverAsync($"{mark}@example.org", [address], Encoding.ASCII.GetBytes(message), Token);
    }

    private async Task<DeliverySummaryResponse> FindAsync(UserResponse user)
    {
        IReadOnlyList<DeliverySummaryResponse> found = [];
        await Eventually.TrueAsync(async () =>
            (found = (await system.Api.SearchDeliveriesAsync(new DeliverySearch { User = user.Id }, cancellationToken: Token)).Items).Count > 0);
        return found[0];
    }
}
