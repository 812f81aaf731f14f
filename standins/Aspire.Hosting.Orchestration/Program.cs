using Aspire.Hosting.Orchestration;

// Arguments: the program to run and its arguments. Standard input is the lifeline: a line asks for an orderly end,
// and its closing means that the parent is gone.
return await Supervisor.RunAsync(args[0], args[1..]).ConfigureAwait(false);
