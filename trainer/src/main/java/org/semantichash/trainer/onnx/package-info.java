// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * From a trained network to a model file, and the proof that ONNX Runtime computes the same bits:
 * no file is written without it.
 */
package org.semantichash.trainer.onnx;
