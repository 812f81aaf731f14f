using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>What a program says before it runs: its help, or what is wrong with its settings.</summary>
public static class StartReport
{
    /// <summary>The exit code of a program whose settings are wrong.</summary>
    public const int FaultExitCode = 1;

    /// <summary>Who throws when a value is not of its setting's type, with a message that names the key.</summary>
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>Whether the command line asks for help.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>True for <c>--help</c>, <c>-h</c>, <c>-?</c> and <c>help</c> as the first argument.</returns>
    public static bool IsHelpAsked(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);

        return args is ["--help" or "-h" or "-?" or "help", ..];
    }

    /// <summary>
    /// From now on a fault of the settings that nobody catches ends the process with a line for each fault on standard
    /// error and <see cref="FaultExitCode"/>, instead of a stack trace.
    /// </summary>
    public static void ReportSettingFaults() => AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) =>
    {
        var faults = unhandled.ExceptionObject is Exception exception ? FaultsOf(exception) : [];
        if (faults.Count > 0)
        {
            Console.Error.WriteLine(string.Join(Environment.NewLine, faults));
            Environment.Exit(FaultExitCode);
        }
    };

    /// <summary>Validates all options now, before a host that fails to start would log them with a stack trace.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="OptionsValidationException">The options of one type have faults.</exception>
    /// <exception cref="AggregateException">The options of several types have faults.</exception>
    public static WebApplication RequireValidSettings(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.Services.GetService<IStartupValidator>()?.Validate();
        return app;
    }

    /// <summary>
    /// The faults of settings in an exception and in what caused it, an address that somebody else listens on included;
    /// empty when it is about something else.
    /// </summary>
    /// <param name="exception">What nobody caught.</param>
    /// <returns>A sentence for each fault.</returns>
    internal static IReadOnlyList<string> FaultsOf(Exception exception) => exception switch
    {
        OptionsValidationException faults => [.. faults.Failures],
        IOException { InnerException: AddressInUseException } used => [used.Message],
        InvalidOperationException { Source: Binder } unreadable => [unreadable.Message],
        AggregateException several => [.. several.InnerExceptions.SelectMany(FaultsOf)],
        { InnerException: { } inner } => FaultsOf(inner),
        _ => [],
    };
}
