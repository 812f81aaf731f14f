using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Results that all came with the reply.</summary>
internal sealed class SingleBatchCursor<T>(IReadOnlyList<T> values) : IAsyncCursor<T>
{
    private bool _moved;

    public IEnumerable<T> Current => values;

    public Task<bool> MoveNextAsync(CancellationToken cancellationToken = default)
    {
        var first = !_moved;
        _moved = true;
        return Task.FromResult(first && values.Count > 0);
    }

    public void Dispose() => _moved = true;
}

/// <summary>Single values as distinct returns them.</summary>
internal static class ScalarCodec<T>
{
    public static T Decode(BsonValue value)
    {
        if (value is T same)
        {
            return same;
        }

        return value.IsBsonNull ? default : (T)BsonTypeMapper.MapToDotNetValue(value);
    }
}
