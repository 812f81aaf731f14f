using Lmtp.Contracts;
using MimeKit;

namespace Lmtp.Server.Api.Messages;

/// <summary>What is shown of a message's header: decoded, unlike the fields that WildDuck's layout keeps of it.</summary>
internal sealed record MessageHeaderView
{
    /// <summary>What is beyond that many bytes of a header is not shown.</summary>
    public const int MaxBytes = 256 * 1024;

    public IReadOnlyList<MessageHeaderResponse> Fields { get; private init; } = [];

    public IReadOnlyList<MessageAddressResponse> Cc { get; private init; } = [];

    public IReadOnlyList<MessageAddressResponse> ReplyTo { get; private init; } = [];

    public string? InReplyTo { get; private init; }

    public IReadOnlyList<string> References { get; private init; } = [];

    /// <summary>Reads a header; an empty view of one that is none.</summary>
    public static MessageHeaderView Read(ReadOnlySpan<byte> header)
    {
        using var bytes = new MemoryStream(header[..Math.Min(header.Length, MaxBytes)].ToArray(), writable: false);
        try
        {
            using var message = MimeMessage.Load(bytes);
            return new MessageHeaderView
            {
                Fields = [.. message.Headers.Concat(message.Body?.Headers ?? [])
                    .OrderBy(static field => field.Offset)
                    .Select(static field => new MessageHeaderResponse(field.Field, field.Value))],
                Cc = ToResponse(message.Cc),
                ReplyTo = ToResponse(message.ReplyTo),
                InReplyTo = message.InReplyTo,
                References = [.. message.References],
            };
        }
        catch (FormatException)
        {
            return new MessageHeaderView();
        }
    }

    private static IReadOnlyList<MessageAddressResponse> ToResponse(InternetAddressList addresses) =>
        [.. addresses.Mailboxes.Select(static mailbox => new MessageAddressResponse(mailbox.Name ?? string.Empty, mailbox.Address))];
}
