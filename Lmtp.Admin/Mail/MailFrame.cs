using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Lmtp.Contracts;

namespace Lmtp.Admin.Mail;

/// <summary>
/// Serves the cleaned HTML of a mail for the sandboxed frame of the message page. The frame has an origin of its own; its
/// policy forbids every request and every script but the two that clean the HTML a second time, in the browser. What both
/// might miss still does nothing.
/// </summary>
internal static class MailFrame
{
    private const string Purifier = "/lib/dompurify/3.4.18/purify.min.js";
    private const string Script = "/js/mail-frame.js";
    private const int NonceBytes = 16;

    private const string Style =
        "html{background:#fff;color:#1b2130;color-scheme:light}body{margin:12px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}" +
        "img{max-width:100%;height:auto}table{max-width:100%}";

    public static void MapMailFrame(this WebApplication app) => app.MapGet("/mail/{user}/{message}", ShowAsync);

    private static async Task<IResult> ShowAsync(
        string user, string message, LmtpApiClient api, HttpContext context, CancellationToken cancellationToken)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PolicyOf(nonce);
        headers.XFrameOptions = "SAMEORIGIN";
        headers.CacheControl = "no-store";
        try
        {
            var found = await api.GetMessageAsync(user, message, cancellationToken);
            var images = await InlineImages.LoadAsync(api, user, found, cancellationToken);
            return TypedResults.Content(ToDocument(found, images, nonce), "text/html; charset=utf-8");
        }
        catch (LmtpApiException exception)
        {
            return TypedResults.Text(exception.Message, statusCode: (int?)exception.StatusCode ?? StatusCodes.Status502BadGateway);
        }
    }

    // Style attributes are the mail's; style elements are ours alone.
    private static string PolicyOf(string nonce) =>
        $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; img-src data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types dompurify; " +
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox";

    // The HTML waits in an attribute, where nothing of it is parsed, until the second cleaning.
    private static string ToDocument(MessageResponse message, IReadOnlyDictionary<string, string> images, string nonce)
    {
        var mail = new StringBuilder();
        foreach (var html in message.Html)
        {
            mail.Append("<div>").Append(MailHtmlSanitizer.Sanitize(html, images)).Append("</div>");
        }

        return $"""
            <!DOCTYPE html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><style nonce="{nonce}">{Style}</style></head>
            <body data-mail="{HtmlEncoder.Default.Encode(mail.ToString())}"><script nonce="{nonce}" src="{Purifier}"></script><script nonce="{nonce}" src="{Script}"></script></body></html>
            """;
    }
}
