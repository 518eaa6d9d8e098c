//! Taking files in: each is read in a child process with limits on memory, time, files and network.
