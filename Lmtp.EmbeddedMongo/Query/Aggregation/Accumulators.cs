using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Aggregation;

/// <summary>Gathers one value out of the documents of a group.</summary>
internal abstract class Accumulator
{
    /// <summary>What has been gathered.</summary>
    public abstract BsonValue Result { get; }

    /// <summary>Takes one more value.</summary>
    /// <param name="value">The value, null when missing.</param>
    public abstract void Add(BsonValue? value);
}

/// <summary>The accumulators of <c>$group</c> by name.</summary>
internal static class Accumulators
{
    private static readonly Dictionary<string, Func<Accumulator>> Factories = new(StringComparer.Ordinal)
    {
        ["$sum"] = static () => new SumAccumulator(),
        ["$count"] = static () => new SumAccumulator(),
        ["$avg"] = static () => new AverageAccumulator(),
        ["$min"] = static () => new ExtremeAccumulator(-1),
        ["$max"] = static () => new ExtremeAccumulator(1),
        ["$first"] = static () => new EdgeAccumulator(takesLast: false),
        ["$last"] = static () => new EdgeAccumulator(takesLast: true),
        ["$push"] = static () => new PushAccumulator(),
        ["$addToSet"] = static () => new SetAccumulator(),
        ["$mergeObjects"] = static () => new MergeAccumulator(),
    };

    /// <summary>The names of all accumulators.</summary>
    public static IEnumerable<string> Names => Factories.Keys;

    /// <summary>The factory of an accumulator.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Makes one for each group.</returns>
    /// <exception cref="CommandException">There is no such accumulator.</exception>
    public static Func<Accumulator> Find(string name) => Factories.TryGetValue(name, out var factory)
        ? factory
        : throw new CommandException(ErrorCode.Location15952, $"unknown group operator '{name}'");

    private sealed class SumAccumulator : Accumulator
    {
        private BsonValue _total = new BsonInt32(0);

        public override BsonValue Result => _total;

        public override void Add(BsonValue? value)
        {
            if (Numbers.IsNumber(value))
            {
                _total = Numbers.Add(_total, value!);
            }
        }
    }

    private sealed class AverageAccumulator : Accumulator
    {
        private double _total;
        private long _count;

        public override BsonValue Result => _count == 0 ? BsonNull.Value : new BsonDouble(_total / _count);

        public override void Add(BsonValue? value)
        {
            if (Numbers.IsNumber(value))
            {
                _total += Numbers.ToDouble(value!);
                _count++;
            }
        }
    }

    private sealed class ExtremeAccumulator(int sign) : Accumulator
    {
        private BsonValue? _best;

        public override BsonValue Result => _best ?? BsonNull.Value;

        public override void Add(BsonValue? value)
        {
            if (!Expression.IsNullish(value) && (_best is null || ValueOrder.Instance.Compare(value, _best) * sign > 0))
            {
                _best = value;
            }
        }
    }

    private sealed class EdgeAccumulator(bool takesLast) : Accumulator
    {
        private BsonValue? _value;
        private bool _hasValue;

        public override BsonValue Result => _value ?? BsonNull.Value;

        public override void Add(BsonValue? value)
        {
            if (takesLast || !_hasValue)
            {
                _value = value;
                _hasValue = true;
            }
        }
    }

    private sealed class PushAccumulator : Accumulator
    {
        private readonly BsonArray _items = [];

        public override BsonValue Result => _items;

        public override void Add(BsonValue? value)
        {
            if (value is not null)
            {
                _items.Add(value);
            }
        }
    }

    private sealed class SetAccumulator : Accumulator
    {
        private readonly HashSet<BsonValue> _items = new(ValueOrder.Instance!);

        public override BsonValue Result => new BsonArray(_items);

        public override void Add(BsonValue? value)
        {
            if (value is not null)
            {
                _items.Add(value);
            }
        }
    }

    private sealed class MergeAccumulator : Accumulator
    {
        private readonly BsonDocument _merged = [];

        public override BsonValue Result => _merged;

        public override void Add(BsonValue? value)
        {
            foreach (var element in (BsonDocument)ArrayFunctions.MergeObjects([value])!)
            {
                _merged.Set(element.Name, element.Value);
            }
        }
    }
}
