using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Browser;

/// <summary>Mail for the users of browser tests.</summary>
internal static class PortalMail
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Hands over an HTML mail; returns its id.</summary>
    public static Task<string> DeliverHtmlAsync(this PortalSystem portal, UserResponse user, string html, string subject = "Hello") =>
        portal.DeliverAsync(user, $"""
            From: Carol <carol@example.org>
            To: {user.Address}
            Subject: {subject}
            MIME-Version: 1.0
            Content-Type: text/html; charset=utf-8

            {html}

            """);

    /// <summary>Hands over plain texts, one mail each, on one connection; returns their ids.</summary>
    public static async Task<IReadOnlyList<string>> DeliverTextsAsync(this PortalSystem portal, UserResponse user, params string[] subjects)
    {
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        List<string> ids = [];
        foreach (var subject in subjects)
        {
            ids.Add(await DeliverAsync(client, user, $"From: Carol <carol@example.org>\nTo: {user.Address}\nSubject: {subject}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nText of {subject}.\n"));
        }

        return ids;
    }

    /// <summary>Hands over a mail; returns its id.</summary>
    public static async Task<string> DeliverAsync(this PortalSystem portal, UserResponse user, string message)
    {
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        return await DeliverAsync(client, user, message);
    }

    /// <summary>Hands over a mail that may be refused; returns the reply.</summary>
    public static async Task<string> OfferAsync(this PortalSystem portal, UserResponse user, string message)
    {
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        return await OfferAsync(client, user, message);
    }

    /// <summary>Waits for the newest delivery to a user to be in the log; returns its id.</summary>
    public static async Task<string> DeliveryToAsync(this PortalSystem portal, UserResponse user)
    {
        DeliverySummaryResponse? delivery = null;
        await Eventually.TrueAsync(async () =>
        {
            var found = await portal.Api.Api.SearchDeliveriesAsync(new DeliverySearch { Recipient = user.Address }, cancellationToken: Token);
            delivery = found.Items is [var newest, ..] ? newest : null;
            return delivery is not null;
        });
        return delivery!.Id;
    }

    private static async Task<string> DeliverAsync(LmtpClient client, UserResponse user, string message)
    {
        var reply = await OfferAsync(client, user, message);
        Assert.StartsWith("250 2.1.5", reply, StringComparison.Ordinal);
        return StoredReply.MessageId(reply);
    }

    private static async Task<string> OfferAsync(LmtpClient client, UserResponse user, string message)
    {
        var bytes = Encoding.UTF8.GetBytes($"Message-ID: <{Guid.NewGuid():N}@example.org>\n{message}".ReplaceLineEndings("\r\n"));
        return Assert.Single(await client.DeliverAsync("carol@example.org", [user.Address], bytes, Token));
    }
}
