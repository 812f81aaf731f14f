namespace Lmtp.Tests.Integration.Faults;

/// <summary>On which side of a write the connection breaks.</summary>
internal enum FaultMoment
{
    /// <summary>The write never reaches the database.</summary>
    BeforeTheWrite,

    /// <summary>The database has done the write, and nobody learns of it.</summary>
    BeforeTheReply,
}

/// <summary>How long the database is out of reach.</summary>
internal enum FaultExtent
{
    /// <summary>One connection breaks; others go on.</summary>
    OneConnection,

    /// <summary>All connections break and none is accepted, until <see cref="MongoFaultProxy.Heal"/>.</summary>
    Outage,
}

/// <summary>A fault that strikes once.</summary>
/// <param name="Write">At which write command after it was armed, from 0; where it is named, at which of that name.</param>
/// <param name="Moment">Before or after the write.</param>
/// <param name="Extent">What breaks.</param>
/// <param name="Strike">What is done in that moment besides; null: nothing.</param>
internal sealed record Fault(int Write, FaultMoment Moment, FaultExtent Extent, Func<Task>? Strike = null)
{
    /// <summary>The name of the writes that count, such as <c>insert messages</c>; null: all of them.</summary>
    public string? Named { get; init; }

    /// <summary>Whether nothing breaks: the write is only held up until <see cref="Strike"/> is done.</summary>
    public bool IsHeldUp { get; init; }

    /// <summary>Whether it strikes at the last of these writes.</summary>
    public bool StrikesAt(IReadOnlyList<string> writes) => Named is null
        ? writes.Count - 1 == Write
        : writes[^1] == Named && writes.Count(write => write == Named) - 1 == Write;

    /// <summary>Every kind of fault at one write.</summary>
    public static IEnumerable<Fault> AllAt(int write) =>
        from moment in Enum.GetValues<FaultMoment>()
        from extent in Enum.GetValues<FaultExtent>()
        select new Fault(write, moment, extent);
}
