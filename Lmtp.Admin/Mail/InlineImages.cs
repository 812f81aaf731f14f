using System.Collections.Frozen;
using Lmtp.Contracts;

namespace Lmtp.Admin.Mail;

/// <summary>
/// The images that came with a mail and that its HTML shows. The frame of a mail can fetch nothing, so they are put into
/// the HTML itself.
/// </summary>
internal static class InlineImages
{
    /// <summary>How the HTML refers to an attachment.</summary>
    public const string Scheme = "attachment:";

    private const int MaxImageKilobytes = 1024;
    private const int MaxTotalKilobytes = 4 * 1024;

    private static readonly FrozenSet<string> Types =
        new[] { "image/gif", "image/jpeg", "image/png", "image/webp" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The images as <c>data:</c> addresses by the names of the attachments; those that are too large are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> LoadAsync(
        LmtpApiClient api, string user, MessageResponse message, CancellationToken cancellationToken)
    {
        var images = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = MaxTotalKilobytes;
        foreach (var attachment in message.Attachments.Where(attachment => IsShown(message, attachment)))
        {
            left -= (int)attachment.SizeInKilobytes;
            if (left < 0)
            {
                break;
            }

            await using var file = await api.DownloadPartAsync(user, message.Id, attachment.Id, cancellationToken);
            using var content = new MemoryStream();
            await file.Content.CopyToAsync(content, cancellationToken);
            images[attachment.Id] =
                $"data:{attachment.ContentType.ToLowerInvariant()};base64,{Convert.ToBase64String(content.GetBuffer().AsSpan(0, (int)content.Length))}";
        }

        return images;
    }

    private static bool IsShown(MessageResponse message, AttachmentResponse attachment) =>
        Types.Contains(attachment.ContentType)
        && attachment.SizeInKilobytes <= MaxImageKilobytes
        && message.Html.Any(html => html.Contains(Scheme + attachment.Id, StringComparison.Ordinal));
}
