using Lmtp.EmbeddedMongo.Engine;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary>
/// Tries an upsert again when another client inserted the document between the look and the insert, so that of two
/// upserts of one unique key one inserts and the other updates.
/// </summary>
internal static class UpsertRetry
{
    private const int MaxAttempts = 5;

    /// <summary>Runs an upsert.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="change">Changes the document that is there; gives null when there is none.</param>
    /// <param name="insert">Inserts the document; null when nothing is to be inserted.</param>
    /// <returns>What the change or the insert gave; null when there was nothing to do.</returns>
    /// <exception cref="DuplicateKeyException">The key stays taken by a document that the filter does not match.</exception>
    public static T? Run<T>(Func<T?> change, Func<T>? insert)
        where T : class
    {
        for (var i = 1; ; i++)
        {
            var changed = change();
            if (changed is not null || insert is null)
            {
                return changed;
            }

            try
            {
                return insert();
            }
            catch (DuplicateKeyException) when (i < MaxAttempts)
            {
                // The other client's document is visible by now.
            }
        }
    }
}
