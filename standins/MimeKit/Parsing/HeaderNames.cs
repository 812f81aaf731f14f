using System.Collections.Frozen;

namespace MimeKit.Parsing;

/// <summary>The names of the header fields that have an id.</summary>
internal static class HeaderNames
{
    private static readonly FrozenDictionary<string, HeaderId> Ids = Enum.GetValues<HeaderId>()
        .Where(id => id != HeaderId.Unknown)
        .ToFrozenDictionary(ToName, StringComparer.OrdinalIgnoreCase);

    public static HeaderId ToId(string name) => Ids.GetValueOrDefault(name, HeaderId.Unknown);

    public static string ToName(HeaderId id) => id switch
    {
        HeaderId.AutoSubmitted => "Auto-Submitted",
        HeaderId.ContentDescription => "Content-Description",
        HeaderId.ContentDisposition => "Content-Disposition",
        HeaderId.ContentId => "Content-Id",
        HeaderId.ContentTransferEncoding => "Content-Transfer-Encoding",
        HeaderId.ContentType => "Content-Type",
        HeaderId.InReplyTo => "In-Reply-To",
        HeaderId.ListId => "List-Id",
        HeaderId.MessageId => "Message-Id",
        HeaderId.MimeVersion => "MIME-Version",
        HeaderId.ReplyTo => "Reply-To",
        HeaderId.ReturnPath => "Return-Path",
        HeaderId.UserAgent => "User-Agent",
        HeaderId.XMailer => "X-Mailer",
        HeaderId.Unknown => throw new ArgumentOutOfRangeException(nameof(id)),
        _ => id.ToString(),
    };

    public static bool HoldsAddresses(HeaderId id) =>
        id is HeaderId.From or HeaderId.To or HeaderId.Cc or HeaderId.Bcc or HeaderId.ReplyTo or HeaderId.Sender;

    /// <summary>Fields of ids and tokens, in which nothing is ever encoded.</summary>
    public static bool HoldsTokens(HeaderId id) => id is HeaderId.MessageId or HeaderId.InReplyTo or HeaderId.References
        or HeaderId.ContentId or HeaderId.Date or HeaderId.MimeVersion or HeaderId.ReturnPath;

    /// <summary>Printable ASCII without the colon (RFC 5322 section 2.2).</summary>
    public static bool IsValid(ReadOnlySpan<char> name) =>
        !name.IsEmpty && !name.ContainsAnyExceptInRange('!', '~') && !name.Contains(':');
}
