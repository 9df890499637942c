// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * A sparse TF-IDF vector in, bits out, and the model file that holds everything needed for it.
 * Start with {@link org.semantichash.encoder.EncoderModel} for the file and with {@link
 * org.semantichash.encoder.IntegerNetwork} for the network.
 *
 * <h2>The model file, format version 2</h2>
 *
 * <p>One ONNX file (IR version 8, operator set 17 of the standard domain). Its graph computes in
 * integers, which no engine rounds, see {@link org.semantichash.encoder.IntegerNetwork}:
 *
 * <table>
 * <caption>Inputs and outputs</caption>
 * <tr><th>name</th><th>type</th><th>meaning</th></tr>
 * <tr><td>{@code term_ids}</td><td>int64 [batch, terms]</td><td>ids of the known terms, padded with
 *     0</td></tr>
 * <tr><td>{@code weights}</td><td>int32 [batch, terms]</td><td>their weights times {@code
 *     weight_scale} as whole numbers, -127 to 127, padded with 0; terms may be 0</td></tr>
 * <tr><td>{@code activations}</td><td>int32 [batch, bits]</td><td>the sums that decide the
 *     bits</td></tr>
 * <tr><td>{@code code}</td><td>uint8 [batch, bytes]</td><td>bit i is 1 where activation i &gt; 0;
 *     most significant bit first, padded with zero bits</td></tr>
 * </table>
 *
 * <p>The initializer {@code term_weights} (int8 [vocabulary, hidden]) holds the first layer, one
 * row per term. Tensors are stored inline as raw data. Everything else is text in the file's
 * metadata_props, each key with the prefix {@code semantic_hash.}; lists of numbers are separated
 * by blanks, floats written so that they read back to the same bits:
 *
 * <table>
 * <caption>Metadata</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code format_version}</td><td>2</td></tr>
 * <tr><td>{@code bits}</td><td>width of the codes, 4 to 4096</td></tr>
 * <tr><td>{@code method}</td><td>name of the method that learned it</td></tr>
 * <tr><td>{@code analyzer.*}</td><td>{@link
 *     org.semantichash.analysis.AnalyzerSpec#toProperties}</td></tr>
 * <tr><td>{@code tf_idf.*}</td><td>{@link
 *     org.semantichash.bagofwords.TfIdfOptions#toProperties}</td></tr>
 * <tr><td>{@code ngrams.*}</td><td>{@link
 *     org.semantichash.bagofwords.HashedNgrams#toProperties}; there are no keys {@code
 *     vocabulary.*} then, and the rows of {@code term_weights} are its buckets</td></tr>
 * <tr><td>{@code vocabulary.terms}</td><td>terms by id, one per line</td></tr>
 * <tr><td>{@code vocabulary.document_frequencies}</td><td>documents that hold the term, by
 *     id</td></tr>
 * <tr><td>{@code vocabulary.document_count}</td><td>documents counted</td></tr>
 * <tr><td>{@code vocabulary.idf}</td><td>inverse document frequencies, by id</td></tr>
 * <tr><td>{@code weight_scale}</td><td>what the weights of terms are multiplied by before they are
 *     rounded</td></tr>
 * <tr><td>{@code empty_code}</td><td>hexadecimal code of a text without any known term: what the
 *     graph gives for terms = 0</td></tr>
 * <tr><td>{@code option.*}</td><td>the options it was trained with</td></tr>
 * <tr><td>{@code provenance.*}</td><td>data digest, seed, versions, time, metrics</td></tr>
 * <tr><td>{@code golden.count}</td><td>number of golden texts, at least 32</td></tr>
 * <tr><td>{@code golden.N.text}, {@code golden.N.code}</td><td>a text and its hexadecimal
 *     code</td></tr>
 * <tr><td>{@code graph.sha256}</td><td>SHA-256 of the serialised graph, as it stands in the
 *     file</td></tr>
 * <tr><td>{@code metadata.sha256}</td><td>SHA-256 of all other keys with the prefix and their
 *     values, in the order of the keys, each in UTF-8 and followed by a zero byte</td></tr>
 * </table>
 *
 * <p>A reader refuses a file whose digests are missing or not those of its content: one changed bit
 * of a weight or of the vocabulary may change a code without changing a golden one.
 *
 * <p>A graph uses the operators of {@link org.semantichash.encoder.ModelFormat#OPERATORS}, each
 * after those that make its inputs. The axes of {@code Squeeze}, {@code Unsqueeze} and {@code
 * ReduceSum} are initializers, so that the shapes are known before it runs: what it computes for
 * one text is limited, as is the number of everything in the file ({@link
 * org.semantichash.encoder.ModelFormat}).
 *
 * <p>Bits never change their meaning: whatever would change the code of a text gets a new format
 * version, and a reader refuses versions that it does not know. {@link
 * org.semantichash.encoder.EncoderModel#read} checks a file completely before ONNX Runtime sees it;
 * {@link org.semantichash.TextHasher#verify} then replays the golden texts on the machine at hand.
 *
 * <h2>Two engines, one result</h2>
 *
 * <p>{@link org.semantichash.encoder.EncoderModel#network} is the graph in plain Java, where it has
 * the form that the trainer exports; that no sum of it can overflow is checked when a file is read.
 * It computes the codes. ONNX Runtime checks it: on export on many texts, and on the golden texts
 * wherever a model is loaded and ONNX Runtime runs. Graphs of another form it runs itself.
 *
 * <h2>Format version 1</h2>
 *
 * <p>The first trainers wrote networks of floats: {@code weights}, {@code activations} and {@code
 * term_weights} hold floats, a bit is 1 where an activation is above its threshold, and the
 * metadata have {@code thresholds} (one for each bit) in place of {@code weight_scale}. The digests
 * may be missing. Such files are read as ever and run by ONNX Runtime only, so stored codes keep
 * their meaning.
 */
package org.semantichash.encoder;
