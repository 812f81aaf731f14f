namespace Lmtp.AppHost;

/// <summary>Says what is wrong with the settings in so many words, without a stack trace.</summary>
internal static class FaultReport
{
    private const int Failed = 1;

    /// <summary>Ends the process with the message alone when what nobody caught is a fault of the description.</summary>
    public static void Install() => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        if (unhandled.ExceptionObject is DistributedApplicationException fault)
        {
            Console.Error.WriteLine(fault.Message);
            Environment.Exit(Failed);
        }
    };
}
