using Lmtp.Contracts;

namespace Lmtp.Admin.Mail;

/// <summary>Passes attachments and sources of messages on to the browser, to be saved and never to be shown.</summary>
internal static class MailDownloads
{
    private const string Policy = "default-src 'none'; sandbox";

    public static void MapMailDownloads(this WebApplication app)
    {
        app.MapGet("/mail/{user}/{message}/parts/{part}", static (
                string user, string message, string part, LmtpApiClient api, HttpContext context, CancellationToken cancellationToken) =>
            SendAsync(context, () => api.DownloadPartAsync(user, message, part, cancellationToken), cancellationToken));
        app.MapGet("/mail/{user}/{message}/source", static (
                string user, string message, LmtpApiClient api, HttpContext context, CancellationToken cancellationToken) =>
            SendAsync(context, () => api.DownloadRawMessageAsync(user, message, cancellationToken), cancellationToken));
    }

    private static async Task SendAsync(HttpContext context, Func<Task<DownloadedFile>> download, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-store";
        try
        {
            await using var file = await download();
            response.ContentType = file.ContentType;
            response.ContentLength = file.Length;
            response.Headers.ContentDisposition = file.ContentDisposition;
            await file.Content.CopyToAsync(response.Body, cancellationToken);
        }
        catch (LmtpApiException exception) when (!response.HasStarted)
        {
            await TypedResults
                .Text(exception.Message, statusCode: (int?)exception.StatusCode ?? StatusCodes.Status502BadGateway)
                .ExecuteAsync(context);
        }
    }
}
