namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.IAsyncCursorExtensions.</summary>
public static class IAsyncCursorExtensions
{
    public static async Task<bool> AnyAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            return await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task<TDocument> FirstAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            return await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false)
                ? cursor.Current.First()
                : throw new InvalidOperationException("Sequence contains no elements");
        }
    }

    public static async Task<TDocument> FirstOrDefaultAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            return await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false) ? cursor.Current.First() : default;
        }
    }

    public static async Task ForEachAsync<TDocument>(this IAsyncCursor<TDocument> cursor, Func<TDocument, Task> processor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            while (await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var document in cursor.Current)
                {
                    await processor(document).ConfigureAwait(false);
                }
            }
        }
    }

    public static Task ForEachAsync<TDocument>(this IAsyncCursor<TDocument> cursor, Action<TDocument> processor, CancellationToken cancellationToken = default) =>
        cursor.ForEachAsync(
            document =>
            {
                processor(document);
                return Task.CompletedTask;
            },
            cancellationToken);

    public static async Task<TDocument> SingleAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            return await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false)
                ? cursor.Current.Single()
                : throw new InvalidOperationException("Sequence contains no elements");
        }
    }

    public static async Task<TDocument> SingleOrDefaultAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            return await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false) ? cursor.Current.SingleOrDefault() : default;
        }
    }

    public static async Task<List<TDocument>> ToListAsync<TDocument>(this IAsyncCursor<TDocument> cursor, CancellationToken cancellationToken = default)
    {
        using (cursor)
        {
            var documents = new List<TDocument>();
            while (await cursor.MoveNextAsync(cancellationToken).ConfigureAwait(false))
            {
                documents.AddRange(cursor.Current);
            }

            return documents;
        }
    }
}
