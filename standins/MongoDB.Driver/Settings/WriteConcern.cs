using System.Globalization;
using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>When a write counts as done.</summary>
public sealed class WriteConcern : IEquatable<WriteConcern>, IConvertibleToBsonDocument
{
    /// <summary>Creates one that waits for so many servers.</summary>
    public WriteConcern(
        int w,
        Optional<TimeSpan?> wTimeout = default,
        Optional<bool?> fsync = default,
        Optional<bool?> journal = default)
        : this(new Optional<WValue>(new WCount(w)), wTimeout, fsync, journal)
    {
    }

    /// <summary>Creates one by the name of a mode.</summary>
    public WriteConcern(
        string mode,
        Optional<TimeSpan?> wTimeout = default,
        Optional<bool?> fsync = default,
        Optional<bool?> journal = default)
        : this(new Optional<WValue>(new WMode(mode)), wTimeout, fsync, journal)
    {
    }

    /// <summary>Creates one.</summary>
    public WriteConcern(
        Optional<WValue> w = default,
        Optional<TimeSpan?> wTimeout = default,
        Optional<bool?> fsync = default,
        Optional<bool?> journal = default)
    {
        W = w.WithDefault(null);
        WTimeout = wTimeout.WithDefault(null);
        FSync = fsync.WithDefault(null);
        Journal = journal.WithDefault(null);
        if (W is WCount { Value: 0 } && (FSync == true || Journal == true))
        {
            throw new ArgumentException("An unacknowledged write concern cannot ask for a journal or fsync.", nameof(w));
        }
    }

    /// <summary>What the server does by default.</summary>
    public static WriteConcern Acknowledged { get; } = new();

    /// <summary>No answer at all.</summary>
    public static WriteConcern Unacknowledged { get; } = new(0);

    /// <summary>One server.</summary>
    public static WriteConcern W1 { get; } = new(1);

    /// <summary>Two servers.</summary>
    public static WriteConcern W2 { get; } = new(2);

    /// <summary>Three servers.</summary>
    public static WriteConcern W3 { get; } = new(3);

    /// <summary>The majority of the servers.</summary>
    public static WriteConcern WMajority { get; } = new("majority");

    /// <summary>Whether the write is flushed to disk.</summary>
    public bool? FSync { get; }

    /// <summary>Whether the server answers.</summary>
    public bool IsAcknowledged => W is not WCount { Value: 0 } || Journal == true || FSync == true;

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsServerDefault => W is null && WTimeout is null && FSync is null && Journal is null;

    /// <summary>Whether the write is in the journal.</summary>
    public bool? Journal { get; }

    /// <summary>How many or which servers.</summary>
    public WValue W { get; }

    /// <summary>How long to wait for the servers.</summary>
    public TimeSpan? WTimeout { get; }

    /// <summary>A copy with changes.</summary>
    public WriteConcern With(
        int w,
        Optional<TimeSpan?> wTimeout = default,
        Optional<bool?> fsync = default,
        Optional<bool?> journal = default)
        => With(new Optional<WValue>(new WCount(w)), wTimeout, fsync, journal);

    /// <summary>A copy with changes.</summary>
    public WriteConcern With(
        string mode,
        Optional<TimeSpan?> wTimeout = default,
        Optional<bool?> fsync = default,
        Optional<bool?> journal = default)
        => With(new Optional<WValue>(new WMode(mode)), wTimeout, fsync, journal);

    /// <summary>A copy with changes.</summary>
    public WriteConcern With(
        Optional<WValue> w = default,
        Optional<TimeSpan?> wTimeout = default,
        Optional<bool?> fsync = default,
        Optional<bool?> journal = default)
    {
        return new WriteConcern(w.WithDefault(W), wTimeout.WithDefault(WTimeout), fsync.WithDefault(FSync), journal.WithDefault(Journal));
    }

    /// <summary>Equality of value.</summary>
    public bool Equals(WriteConcern other)
    {
        return other is not null && Equals(W, other.W) && WTimeout == other.WTimeout && FSync == other.FSync && Journal == other.Journal;
    }

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as WriteConcern);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(W, WTimeout, FSync, Journal);

    /// <summary>What is sent.</summary>
    public BsonDocument ToBsonDocument()
    {
        return new BsonDocument()
            .Add("w", () => W.ToBsonValue(), W is not null)
            .Add("wtimeout", () => WTimeout.Value.TotalMilliseconds, WTimeout.HasValue)
            .Add("fsync", FSync, FSync.HasValue)
            .Add("j", Journal, Journal.HasValue);
    }

    /// <inheritdoc />
    public override string ToString() => ToBsonDocument().ToString();

    /// <summary>How many or which servers.</summary>
    public abstract class WValue : IEquatable<WValue>
    {
        private protected WValue()
        {
        }

        /// <summary>So many servers.</summary>
        public static implicit operator WValue(int value) => new WCount(value);

        /// <summary>So many servers, or the default.</summary>
        public static implicit operator WValue(int? value) => value.HasValue ? new WCount(value.Value) : null;

        /// <summary>By the name of a mode.</summary>
        public static implicit operator WValue(string value) => value is null ? null : new WMode(value);

        /// <summary>Reads a number or the name of a mode.</summary>
        public static WValue Parse(string value)
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? new WCount(count) : new WMode(value);
        }

        /// <summary>Equality of value.</summary>
        public bool Equals(WValue other) => Equals((object)other);

        /// <inheritdoc />
        public override bool Equals(object obj) => obj is WValue other && ToBsonValue() == other.ToBsonValue();

        /// <inheritdoc />
        public override int GetHashCode() => ToBsonValue().GetHashCode();

        /// <summary>What is sent.</summary>
        public abstract BsonValue ToBsonValue();

        /// <inheritdoc />
        public override string ToString() => ToBsonValue().ToString();
    }

    /// <summary>So many servers.</summary>
    public sealed class WCount : WValue
    {
        /// <summary>Creates one.</summary>
        public WCount(int w)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(w);
            Value = w;
        }

        /// <summary>How many.</summary>
        public int Value { get; }

        /// <inheritdoc />
        public override BsonValue ToBsonValue() => Value;
    }

    /// <summary>The servers of a mode.</summary>
    public sealed class WMode : WValue
    {
        /// <summary>Creates one.</summary>
        public WMode(string mode)
        {
            ArgumentException.ThrowIfNullOrEmpty(mode);
            Value = mode;
        }

        /// <summary>The majority of the servers.</summary>
        public static WMode Majority { get; } = new("majority");

        /// <summary>The name.</summary>
        public string Value { get; }

        /// <inheritdoc />
        public override BsonValue ToBsonValue() => Value;
    }
}
