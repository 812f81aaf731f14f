using System.Runtime.CompilerServices;

namespace MongoDB.Driver;

/// <summary>Runs sources and reads their results.</summary>
public static class IAsyncCursorSourceExtensions
{
    /// <summary>Whether there is a result.</summary>
    public static async Task<bool> AnyAsync<TDocument>(this IAsyncCursorSource<TDocument> source, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        return await cursor.AnyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first result; none is an InvalidOperationException.</summary>
    public static async Task<TDocument> FirstAsync<TDocument>(this IAsyncCursorSource<TDocument> source, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        return await cursor.FirstAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first result, or the default.</summary>
    public static async Task<TDocument> FirstOrDefaultAsync<TDocument>(this IAsyncCursorSource<TDocument> source, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        return await cursor.FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The only result; none or several are an InvalidOperationException.</summary>
    public static async Task<TDocument> SingleAsync<TDocument>(this IAsyncCursorSource<TDocument> source, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        return await cursor.SingleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The only result, or the default; several are an InvalidOperationException.</summary>
    public static async Task<TDocument> SingleOrDefaultAsync<TDocument>(this IAsyncCursorSource<TDocument> source, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        return await cursor.SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All results.</summary>
    public static async Task<List<TDocument>> ToListAsync<TDocument>(this IAsyncCursorSource<TDocument> source, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        return await cursor.ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands over each result, one after the other.</summary>
    public static async Task ForEachAsync<TDocument>(this IAsyncCursorSource<TDocument> source, Func<TDocument, Task> processor, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        await cursor.ForEachAsync(processor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands over each result with its position, one after the other.</summary>
    public static async Task ForEachAsync<TDocument>(this IAsyncCursorSource<TDocument> source, Func<TDocument, int, Task> processor, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        await cursor.ForEachAsync(processor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands over each result.</summary>
    public static async Task ForEachAsync<TDocument>(this IAsyncCursorSource<TDocument> source, Action<TDocument> processor, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        await cursor.ForEachAsync(processor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands over each result with its position.</summary>
    public static async Task ForEachAsync<TDocument>(this IAsyncCursorSource<TDocument> source, Action<TDocument, int> processor, CancellationToken cancellationToken = default)
    {
        var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        await cursor.ForEachAsync(processor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The results, read as they are asked for.</summary>
    public static IAsyncEnumerable<TDocument> ToAsyncEnumerable<TDocument>(this IAsyncCursorSource<TDocument> source) => EnumerateAsync(source, CancellationToken.None);

    private static async IAsyncEnumerable<TDocument> EnumerateAsync<TDocument>(IAsyncCursorSource<TDocument> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cursor = await source.ToCursorAsync(cancellationToken).ConfigureAwait(false);
        while (await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var document in cursor.Current)
            {
                yield return document;
            }
        }
    }
}
