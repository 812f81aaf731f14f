namespace Lmtp.Server.RateLimiting;

/// <summary>What limits count, as UCUM units.</summary>
internal static class LimitUnit
{
    public const string Connections = "{connection}";
    public const string Transactions = "{transaction}";
    public const string Messages = "{message}";
    public const string Recipients = "{recipient}";
    public const string Kilobytes = "KiBy";
}
