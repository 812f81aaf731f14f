using System.Globalization;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Spool;

/// <summary>
/// The folder of this process for messages that are too large for memory. Folders that a killed process left behind
/// are removed: their lock file can be opened, that of a living process cannot.
/// </summary>
internal sealed partial class SpoolDirectory : IDisposable
{
    private const string LockFileName = "lock";
    private const string FolderPrefix = "process-";

    private readonly string _root;
    private readonly ILogger<SpoolDirectory> _logger;
    private readonly Lock _gate = new();
    private FileStream? _lock;
    private string? _folder;
    private long _lastNumber;

    public SpoolDirectory(IOptions<DeliveryOptions> options, ILogger<SpoolDirectory> logger)
    {
        _root = options.Value.SpoolDirectory ?? Path.Combine(Path.GetTempPath(), "lmtp-spool");
        _logger = logger;
    }

    /// <summary>A name for a new file; the folder is made on first use.</summary>
    public string NewFilePath() => Path.Combine(
        Folder(),
        string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _lastNumber):x}.eml"));

    /// <summary>Removes what processes that are gone left behind.</summary>
    public void RemoveAbandoned()
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(_root, FolderPrefix + "*"))
        {
            try
            {
                if (folder != _folder && IsAbandoned(folder))
                {
                    Directory.Delete(folder, recursive: true);
                    LogRemoved(folder);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                LogNotRemoved(folder, exception);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _lock?.Dispose();
            _lock = null;
            if (_folder is not null && Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
    }

    private static bool IsAbandoned(string folder)
    {
        try
        {
            using var stream = File.Open(Path.Combine(folder, LockFileName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            // A folder without a lock is of a process that is making it just now, unless it is old.
            return Directory.GetCreationTimeUtc(folder) < DateTime.UtcNow.AddMinutes(-1);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string Folder()
    {
        lock (_gate)
        {
            if (_folder is null)
            {
                var folder = Path.Combine(_root, $"{FolderPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(folder);
                }
                else
                {
                    Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }

                _lock = new FileStream(
                    Path.Combine(folder, LockFileName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
                _folder = folder;
            }

            return _folder;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Removed {Folder}, which a process that is gone left behind")]
    private partial void LogRemoved(string folder);

    [LoggerMessage(2, LogLevel.Warning, "Could not remove {Folder}, which a process that is gone left behind")]
    private partial void LogNotRemoved(string folder, Exception exception);
}
