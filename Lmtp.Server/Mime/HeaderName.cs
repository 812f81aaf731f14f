using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>Which names of header fields and parameters can be keys of a stored document.</summary>
internal static class HeaderName
{
    private static readonly SearchValues<char> OrdinaryCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-*");

    private static readonly SearchValues<byte> OrdinaryBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-*"u8);

    public static bool IsOrdinary(ReadOnlySpan<char> name) => !name.ContainsAnyExcept(OrdinaryCharacters);

    public static bool IsOrdinary(ReadOnlySpan<byte> name) => !name.ContainsAnyExcept(OrdinaryBytes);
}
