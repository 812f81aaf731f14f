using System.Runtime.CompilerServices;

namespace MongoDB.Driver;

/// <summary>Reads cursors to their end.</summary>
public static class IAsyncCursorExtensions
{
    /// <summary>Whether there is a result.</summary>
    public static async Task<bool> AnyAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            var batch = await NextBatchAsync(cursor, cancellationToken).ConfigureAwait(false);
            return batch.Any();
        }
    }

    /// <summary>The first result; none is an InvalidOperationException.</summary>
    public static async Task<TDocument> FirstAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            var batch = await NextBatchAsync(cursor, cancellationToken).ConfigureAwait(false);
            return batch.First();
        }
    }

    /// <summary>The first result, or the default.</summary>
    public static async Task<TDocument> FirstOrDefaultAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            var batch = await NextBatchAsync(cursor, cancellationToken).ConfigureAwait(false);
            return batch.FirstOrDefault();
        }
    }

    /// <summary>The only result; none or several are an InvalidOperationException.</summary>
    public static async Task<TDocument> SingleAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            var batch = await NextBatchAsync(cursor, cancellationToken).ConfigureAwait(false);
            return batch.Single();
        }
    }

    /// <summary>The only result, or the default; several are an InvalidOperationException.</summary>
    public static async Task<TDocument> SingleOrDefaultAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            var batch = await NextBatchAsync(cursor, cancellationToken).ConfigureAwait(false);
            return batch.SingleOrDefault();
        }
    }

    /// <summary>Hands over each result, one after the other.</summary>
    public static Task ForEachAsync<TDocument>(this IAsyncCursor<TDocument> source, Func<TDocument, Task> processor, CancellationToken cancellationToken = default)
    {
        return source.ForEachAsync((document, _) => processor(document), cancellationToken);
    }

    /// <summary>Hands over each result with its position, one after the other.</summary>
    public static async Task ForEachAsync<TDocument>(this IAsyncCursor<TDocument> source, Func<TDocument, int, Task> processor, CancellationToken cancellationToken = default)
    {
        using (source)
        {
            var index = 0;
            while (await source.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var document in source.Current)
                {
                    await processor(document, index++).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
    }

    /// <summary>Hands over each result.</summary>
    public static Task ForEachAsync<TDocument>(this IAsyncCursor<TDocument> source, Action<TDocument> processor, CancellationToken cancellationToken = default)
    {
        return source.ForEachAsync((document, _) => processor(document), cancellationToken);
    }

    /// <summary>Hands over each result with its position.</summary>
    public static async Task ForEachAsync<TDocument>(this IAsyncCursor<TDocument> source, Action<TDocument, int> processor, CancellationToken cancellationToken = default)
    {
        using (source)
        {
            var index = 0;
            while (await source.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var document in source.Current)
                {
                    processor(document, index++);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
    }

    /// <summary>The results, read as they are asked for; can be walked once.</summary>
    public static IAsyncEnumerable<TDocument> ToAsyncEnumerable<TDocument>(this IAsyncCursor<TDocument> cursor) => EnumerateAsync(cursor, CancellationToken.None);

    /// <summary>All results.</summary>
    public static async Task<List<TDocument>> ToListAsync<TDocument>(this IAsyncCursor<TDocument> source, CancellationToken cancellationToken = default)
    {
        using (source)
        {
            var list = new List<TDocument>();
            while (await source.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                list.AddRange(source.Current);
            }

            return list;
        }
    }

    private static async IAsyncEnumerable<TDocument> EnumerateAsync<TDocument>(IAsyncCursor<TDocument> cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (cursor)
        {
            while (await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var document in cursor.Current)
                {
                    yield return document;
                }
            }
        }
    }

    private static async Task<IEnumerable<TDocument>> NextBatchAsync<TDocument>(IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken)
    {
        return await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false) ? cursor.Current : [];
    }
}
