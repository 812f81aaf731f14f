using System.ComponentModel.DataAnnotations;

namespace Lmtp.Server.Storage.Statistics;

/// <summary>Counts over time. Section <c>Lmtp:Statistics</c>.</summary>
public sealed class StatisticsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:Statistics";

    /// <summary>Whether counts are written; what is kept already can be read either way.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long counts are gathered before they are written. 1 second to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the counts of minutes are kept. 1 hour to 31 days; a change counts for what is written after it.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "31.00:00:00")]
    public TimeSpan MinuteRetention { get; set; } = TimeSpan.FromHours(48);

    /// <summary>How long the counts of hours are kept. 1 day to 10 years; a change counts for what is written after it.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan HourRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many recipient domains are kept apart within one interval; the rest is summed up. 1 to 1000.</summary>
    [Range(1, 1000)]
    public int MaxDomains { get; set; } = 50;

    /// <summary>
    /// How often one of the servers counts what is stored. 10 seconds to 1 day; counting takes at most a twentieth of the time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan StorageInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a server that stops may take to write what it has counted. 0 to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
