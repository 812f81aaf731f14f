using System.Text;
using Lmtp.Contracts;

namespace Lmtp.Admin.Mail;

/// <summary>
/// Serves the cleaned HTML of a mail for the sandboxed frame of the message page. Its own policy forbids every request
/// and every script, so that what the cleaning might miss still does nothing.
/// </summary>
internal static class MailFrame
{
    private const string Policy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; " +
        "sandbox allow-popups allow-popups-to-escape-sandbox";

    private const string Head =
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><style>" +
        "html{background:#fff;color:#1b2130;color-scheme:light}body{margin:12px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}" +
        "img{max-width:100%;height:auto}table{max-width:100%}</style></head><body>";

    public static void MapMailFrame(this WebApplication app) => app.MapGet("/mail/{user}/{message}", ShowAsync);

    private static async Task<IResult> ShowAsync(
        string user, string message, LmtpApiClient api, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var found = await api.GetMessageAsync(user, message, cancellationToken);
            var document = new StringBuilder(Head);
            foreach (var html in found.Html)
            {
                document.Append("<div>").Append(MailHtmlSanitizer.Sanitize(html)).Append("</div>");
            }

            return TypedResults.Content(document.Append("</body></html>").ToString(), "text/html; charset=utf-8");
        }
        catch (LmtpApiException exception)
        {
            return TypedResults.Text(exception.Message, statusCode: (int?)exception.StatusCode ?? StatusCodes.Status502BadGateway);
        }
    }
}
