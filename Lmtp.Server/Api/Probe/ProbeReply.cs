namespace Lmtp.Server.Api.Probe;

/// <summary>A reply of an LMTP server.</summary>
/// <param name="Code">The three digits.</param>
/// <param name="Lines">The texts after the code and its separator.</param>
internal sealed record ProbeReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 300;

    public bool IsIntermediate => Code is >= 300 and < 400;

    /// <summary>The reply on one line, as it came.</summary>
    public override string ToString() => $"{Code} {string.Join(" / ", Lines)}";
}
