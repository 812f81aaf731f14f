using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>A condition on one value.</summary>
internal abstract class ValuePredicate
{
    /// <summary>Whether an array also fits when one of its elements does.</summary>
    public virtual bool LooksIntoArrays => true;

    /// <summary>Whether a value fits.</summary>
    /// <param name="value">The value, which may be missing.</param>
    /// <param name="state">The state of the running filter.</param>
    /// <returns>True when it fits.</returns>
    public abstract bool Matches(BsonValueSlice value, MatchState state);
}
