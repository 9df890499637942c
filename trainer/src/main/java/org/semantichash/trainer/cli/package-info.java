// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The command line {@code semantic-hash}: one class per verb, with its options. Words go in, an
 * exit code, lines and files come out; errors are one line on standard error. Start with {@code
 * SemanticHash}, which lists the verbs, and read one, such as {@code TrainCommand} or {@code
 * NearDuplicatesCommand}. {@code Terminal} and {@code Interruption} are what all share: progress,
 * questions and Ctrl-C.
 */
package org.semantichash.trainer.cli;
