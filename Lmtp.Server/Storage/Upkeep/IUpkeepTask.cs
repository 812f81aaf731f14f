namespace Lmtp.Server.Storage.Upkeep;

/// <summary>One kind of thing that is cleaned up.</summary>
internal interface IUpkeepTask
{
    /// <summary>Its name in logs and metrics.</summary>
    string Name { get; }

    /// <summary>
    /// Cleans up one small batch; returns how many items went, 0 when there is nothing left. A batch that a crash cut
    /// off is completed by the next call, wherever that runs.
    /// </summary>
    Task<int> RunBatchAsync(CancellationToken cancellationToken);
}
