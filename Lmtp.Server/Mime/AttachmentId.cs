using System.Globalization;

namespace Lmtp.Server.Mime;

/// <summary>The numbers of attachments within a message: ATT00001, ATT00002 …</summary>
internal static class AttachmentId
{
    // Few messages have more; for these nothing is allocated.
    private static readonly string[] First = [.. Enumerable.Range(1, 64).Select(Format)];

    public static string Of(int number) => number <= First.Length ? First[number - 1] : Format(number);

    private static string Format(int number) => string.Create(CultureInfo.InvariantCulture, $"ATT{number:00000}");
}
