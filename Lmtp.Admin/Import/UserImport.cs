using System.Net;
using Lmtp.Contracts;

namespace Lmtp.Admin.Import;

/// <summary>
/// Makes the users of a file, each once however often it is tried: the server remembers each row's key for a day, and
/// whoever is there already is left as he is.
/// </summary>
internal sealed class UserImport(LmtpApiClient api, TimeProvider time)
{
    private const int CheckedAtOnce = 200;
    private const int MadeAtOnce = 4;
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _key = Guid.NewGuid().ToString("N");

    /// <summary>Has the server check the rows that the file itself leaves no doubt about; makes nobody.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="progress">Hears how many rows are done.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="LmtpApiException">The server refused, or did not answer.</exception>
    public async Task CheckAsync(IReadOnlyList<ImportRow> rows, Action<int> progress, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var some in rows.Where(row => row.Status == ImportStatus.Unchecked).Chunk(CheckedAtOnce))
        {
            var answers = await api.CheckUsersAsync(new CheckUsersRequest { Users = [.. some.Select(row => row.Request)] }, cancellationToken);
            foreach (var (row, answer) in some.Zip(answers))
            {
                Note(row, answer);
            }

            progress(done += some.Length);
        }
    }

    /// <summary>Makes the users of the rows that are ready, or failed before.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="progress">Hears how many rows are done.</param>
    /// <param name="cancellationToken">Stops it: what has begun is finished, the rest stays ready.</param>
    public async Task RunAsync(IReadOnlyList<ImportRow> rows, Action<int> progress, CancellationToken cancellationToken)
    {
        var done = 0;
        var wanted = rows.Where(row => row.Status is ImportStatus.Ready or ImportStatus.Failed).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = MadeAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(wanted, options, async (row, _) =>
        {
            await MakeAsync(row, cancellationToken);
            progress(Interlocked.Increment(ref done));
        });
    }

    private static void Note(ImportRow row, UserCheckResponse answer)
    {
        if (answer.Existing is not null)
        {
            row.Set(ImportStatus.Exists);
        }
        else if (answer.Errors.Count > 0)
        {
            row.Set(ImportStatus.Invalid, string.Join(" ", answer.Errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}")));
        }
        else
        {
            row.Set(ImportStatus.Ready);
        }
    }

    private static bool IsPassing(LmtpApiException problem) =>
        problem.StatusCode is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private async Task MakeAsync(ImportRow row, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // A request that has begun is not given up: nobody would know whether the user is there.
                await api.CreateUserAsync(row.Request, $"import-{_key}-{row.Line}", CancellationToken.None);
                row.Set(ImportStatus.Created);
                return;
            }
            catch (LmtpApiException problem) when (IsPassing(problem) && attempt < Attempts && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Pause * attempt, time, CancellationToken.None);
            }
            catch (LmtpApiException problem)
            {
                row.Set(ImportStatus.Failed, Text(problem));
                return;
            }
        }
    }

    private static string Text(LmtpApiException problem) => problem.Problem?.Errors is { Count: > 0 } errors
        ? string.Join(" ", errors.Select(error => $"{error.Key}: {string.Join(" ", error.Value)}"))
        : problem.Message;
}
