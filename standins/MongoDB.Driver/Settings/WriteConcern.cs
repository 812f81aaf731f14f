using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.WriteConcern: who must have a write before it is acknowledged.</summary>
public sealed class WriteConcern : IEquatable<WriteConcern>
{
    private readonly BsonValue _w;

    /// <summary>A write concern by number of members.</summary>
    public WriteConcern(int w, Optional<TimeSpan?> wTimeout = default, Optional<bool?> fsync = default, Optional<bool?> journal = default)
        : this((BsonValue)new BsonInt32(w), wTimeout.WithDefault(null), fsync.WithDefault(null), journal.WithDefault(null))
    {
    }

    /// <summary>A write concern by mode, for example "majority".</summary>
    public WriteConcern(string mode, Optional<TimeSpan?> wTimeout = default, Optional<bool?> fsync = default, Optional<bool?> journal = default)
        : this((BsonValue)new BsonString(mode), wTimeout.WithDefault(null), fsync.WithDefault(null), journal.WithDefault(null))
    {
    }

    /// <summary>The server's default.</summary>
    public WriteConcern()
        : this((BsonValue)null, (TimeSpan?)null, (bool?)null, (bool?)null)
    {
    }

    private WriteConcern(BsonValue w, TimeSpan? wTimeout, bool? fsync, bool? journal)
    {
        _w = w;
        WTimeout = wTimeout;
        FSync = fsync;
        Journal = journal;
    }

    public static WriteConcern Acknowledged { get; } = new();

    public static WriteConcern Unacknowledged { get; } = new(0);

    public static WriteConcern W1 { get; } = new(1);

    public static WriteConcern W2 { get; } = new(2);

    public static WriteConcern W3 { get; } = new(3);

    public static WriteConcern WMajority { get; } = new("majority");

    public bool? FSync { get; }

    public bool? Journal { get; }

    public TimeSpan? WTimeout { get; }

    public bool IsAcknowledged => _w is null || _w != 0 || Journal == true || FSync == true;

    public bool IsServerDefault => _w is null && WTimeout is null && FSync is null && Journal is null;

    /// <summary>A copy with some values changed.</summary>
    public WriteConcern With(Optional<TimeSpan?> wTimeout = default, Optional<bool?> fsync = default, Optional<bool?> journal = default) =>
        new(_w, wTimeout.WithDefault(WTimeout), fsync.WithDefault(FSync), journal.WithDefault(Journal));

    public BsonDocument ToBsonDocument()
    {
        var document = new BsonDocument();
        document.Add("w", _w, _w is not null);
        document.Add("wtimeout", () => WTimeout.Value.TotalMilliseconds, WTimeout is not null);
        document.Add("fsync", () => FSync.Value, FSync is not null);
        document.Add("j", () => Journal.Value, Journal is not null);
        return document;
    }

    public bool Equals(WriteConcern other) => other is not null && ToBsonDocument() == other.ToBsonDocument();

    public override bool Equals(object obj) => Equals(obj as WriteConcern);

    public override int GetHashCode() => ToBsonDocument().GetHashCode();

    public override string ToString() => ToBsonDocument().ToString();
}
