using System.ComponentModel.DataAnnotations;

namespace Lmtp.Server.Delivery.Records;

/// <summary>The delivery log. Section <c>Lmtp:DeliveryLog</c>.</summary>
public sealed class DeliveryLogOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Lmtp:DeliveryLog";

    /// <summary>Whether entries are written.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long entries are kept. 1 minute to 10 years; a change counts for entries written after it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether the subjects of messages are kept.</summary>
    public bool IncludeSubject { get; set; }

    /// <summary>How many entries may wait to be written; further ones are dropped and counted. 1 to 1000000.</summary>
    [Range(1, 1_000_000)]
    public int Capacity { get; set; } = 10_000;

    /// <summary>How many entries are written by one operation, at most. 1 to 10000.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>How long entries are gathered before they are written. 0 to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a server that stops may take to write what waits. 0 to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
