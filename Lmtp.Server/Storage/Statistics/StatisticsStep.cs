namespace Lmtp.Server.Storage.Statistics;

/// <summary>How long the time is that counts are kept for as one.</summary>
internal enum StatisticsStep
{
    /// <summary>A minute, kept for days.</summary>
    Minute,

    /// <summary>An hour, kept for months.</summary>
    Hour,
}
