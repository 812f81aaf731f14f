namespace Lmtp.Server.Storage.Outgoing;

/// <summary>What was counted within a day.</summary>
/// <param name="IsAllowed">Whether the limit had not been reached.</param>
/// <param name="Count">The count, with what was added if that was allowed.</param>
internal readonly record struct DailyCount(bool IsAllowed, long Count);
